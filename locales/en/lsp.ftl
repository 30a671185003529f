# What an editor shows besides findings.

lsp-side = the { $side }
lsp-open = Open the { $side } here
lsp-suppress = Suppress { $check } here
lsp-counterpart = The { $side } says:
