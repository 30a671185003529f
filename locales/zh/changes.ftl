# 对改动段落的说明。

stale =
    自{ $since }以来，原文此处有改动：请更新译文，然后{ $advice }
    { $why }
stale-shown =
    自{ $since }以来，原文此处有改动：请更新译文，然后{ $advice }
    { $changed }
    { $why }
stale-since-commit = { $key } 所记的提交 { $commit }{" "}
stale-name-commit = 在该处改记新的提交
stale-since-state = 译文注释所记的状态 sha256:{ $state }…{" "}
stale-write-state = 在该处改记 sha256:{ $state }
stale-since-lock = {" "}{ $name } 所记的状态
stale-run-sync = 运行 `duizhao sync`
stale-gone = 原文原有的内容已不在
stale-as-it-was = 对应的译文仍是原样
stale-unknown-to-git = git 中没有原文当时的内容，无法得知改动了哪些段落

changed = 已改动
changed-one =
    { $side }此处有改动，{ $other }未随之更新：请更新{ $other }，或撤销改动
    { $changed }
    { $why }
changed-both =
    两侧此处都有改动，却比改动前更不一致：请使两侧一致
    { $changed }
    { $why }

## 两侧为何不一致

apart-unknown = 看不出另一侧原本已有此意
apart-form = 只改了形式
apart-spelling = 只改了拼写或虚词
apart-counterparts = 没有对应内容的段落、代码、标识符、数字或链接比改动前更多
apart-negation = 增加或去掉了否定，另一侧没有跟上
apart-opposite = 词义改成了相反的意思，另一侧仍是原来的说法
apart-number = 数目改成了另一个，另一侧仍是原来的数目
apart-length = 一侧说的内容增减了，另一侧篇幅未变
apart-words = 增删的词语与另一侧不符
apart-both = 两侧都有改动
apart-few = 改动的词语很少
