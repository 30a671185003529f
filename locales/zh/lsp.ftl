# 编辑器中检查结果之外的用语。

lsp-side = { $side }
lsp-open = 在此打开{ $side }
lsp-suppress = 在此豁免 { $check }
lsp-counterpart = { $side }：
