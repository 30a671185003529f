a = one
two
