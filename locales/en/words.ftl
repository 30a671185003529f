# Words that every area uses.

side-source = original
side-target = translation

severity-minor = minor
severity-major = major
severity-critical = critical

status-new = new
status-existing = existing
status-known = known
status-suppressed = suppressed

passed = passed
failed = failed
nothing-here = nothing here
error = error

## marks between words

colon = :{" "}
comma = ,{" "}
semicolon = ;{" "}
