# 各检查项的用语：每项一组，先是名称，然后是对结果和依据的说明。

## 多项检查共用

no-counterpart = 另一侧无对应内容
stands-against-other =
    “{ $zh }”与“{ $en }”不是同一{ $noun }
    请核对并改正有误的一侧
stands-against-opposite =
    意思相反：“{ $zh }”对应“{ $en }”
    请核对并改正有误的一侧
says-otherwise = 意思不同
said-of-the-same = 说的是同一事物
clash =
    “{ $one }”对应“{ $other }”：{ $noun }不同
    请核对并改正有误的一侧
values-differ =
    { $noun }不符：“{ $source }”对应“{ $target }”
    请核对并改正有误的一侧
value-missing =
    译文没有与{ $noun }“{ $source }”对应的内容
    请补上；若已换一种说法，可不改
value-added =
    原文没有与{ $noun }“{ $target }”对应的内容
    请删去；若只是换一种说法，可不改
sentence-hidden =
    { $side }没有与此句对应的内容，而相邻各句均有对应
    { $remedy }
content-unless =
    { $nothing }，除非是“{ $instead }”
    请对照两侧，改正有误的一侧
content-and-remedy =
    { $nothing }
    { $remedy }
no-counterpart-either = 同样无对应内容
value-chain = 值为 { $value }，另一侧无对应内容
# without $kind
value-of-kind = 值为 { $value }，另一侧无对应内容
content-nothing = { $side }没有与{ $text }对应的内容
content-nothing-near = { $side }的句子里没有与{ $text }意思相近的内容
quoted = “{ $text }”
quoted-list = { $before }、{ $more }
passage-clause = 这一分句
passage-message = 消息`{ $key }`
passage-messages = {" "}{ $count } 条消息（`{ $first }`至`{ $last }`）
passage-sentence = { $count ->
    [1] 这句
   *[other] 这 { $count } 句
}
passage-block = { $count ->
    [1] 这块
   *[other] 这 { $count } 块
}
passage-table-row = { $count ->
    [1] 这行表格
   *[other] 这 { $count } 行表格
}
passage-heading = { $count ->
    [1] 这个标题
   *[other] 这 { $count } 个标题
}
passage-paragraph = { $count ->
    [1] 这段
   *[other] 这 { $count } 段
}
passage-list-item = { $count ->
    [1] 这个列表项
   *[other] 这 { $count } 个列表项
}
passage-table-cell = { $count ->
    [1] 这个单元格
   *[other] 这 { $count } 个单元格
}
passage-quotation = { $count ->
    [1] 这段引文
   *[other] 这 { $count } 段引文
}
passage-code = { $count ->
    [1] 这个代码块
   *[other] 这 { $count } 个代码块
}
passage-caption = { $count ->
    [1] 这条图表说明
   *[other] 这 { $count } 条图表说明
}
passage-metadata = { $count ->
    [1] 这项设置
   *[other] 这 { $count } 项设置
}
passage-comment = { $count ->
    [1] 这条注释
   *[other] 这 { $count } 条注释
}

## missing-passage

missing-passage = 漏译
missing-passage-nothing = 译文没有与{ $passage }对应的内容，请在此补译，或说明略去的理由
missing-passage-remedy = 请补译；若已换一种说法，可不改

## added-passage

added-passage = 增译
added-passage-nothing = 原文没有与{ $passage }对应的内容，请删去，或补入原文
added-passage-remedy = 请删去；若只是换一种说法，可不改

## moved-passage

moved-passage = 位置变动
moved-passage-moved =
    { $passage }在译文中换了位置
    请移回原处；若有意调整语序，可保留

## divergent-passage

divergent-passage = 内容不符
divergent-passage-different =
    两侧内容不符：几乎没有词语可以对应
    请换上正确的段落，或重新翻译
divergent-passage-exchanged =
    两处译文互换了位置
    请将两处译文对调
divergent-passage-one = 其一
divergent-passage-other = 其二
divergent-passage-later =
    这 { $count } 处的译文整体错位，均向后错了 { $off } 处
    请移回原位，并改正造成错位的地方
divergent-passage-earlier =
    这 { $count } 处的译文整体错位，均向前错了 { $off } 处
    请移回原位，并改正造成错位的地方

## missing-content

missing-content = 词句漏译
missing-content-remedy = 请补上；若已换一种说法，可不改
missing-content-never =
    “{ $word }”照字面译成了“{ $rendering }”，并非此意
    请按本意翻译
missing-content-sense =
    “{ $word }”译成了“{ $rendering }”，用的是另一个意思；这里的意思同“{ $meant }”
    请换用合乎此处意思的词
another-sense = 另一个意思

## added-content

added-content = 词句增译
added-content-remedy = 请删去；若原文已换一种说法，可不改

## number-mismatch

number-mismatch = 数字不符
number-mismatch-same = 同一数值
number-mismatch-turned =
    { $text } 的方向相反：“{ $one }”对应“{ $other }”
    请核对并改正有误的一侧
number-mismatch-noun = 数字
number-mismatch-bound = 是上限还是下限

## date-mismatch

date-mismatch = 日期不符
date-mismatch-noun = 日期

## name-mismatch

name-mismatch = 名称不符
name-mismatch-number =
    编号不符：“{ $one }”对应“{ $other }”
    请核对并改正有误的一侧
name-mismatch-spelling =
    人名不符：“{ $zh }”与“{ $name }”读音不合
    请核对并改正有误的一侧

## polarity-mismatch

polarity-mismatch = 肯定与否定不符
polarity-mismatch-english-denies =
    { $en_side }作否定，{ $zh_side }作肯定：“{ $word } … { $en }”对应“{ $zh }”
    请去掉否定，或在另一侧补上
polarity-mismatch-renders-english = 与“{ $en }”对应，却没有否定
polarity-mismatch-english-alone =
    { $en_side }有“{ $word }”，{ $zh_side }却没有与之相应的否定
    请去掉否定，或在另一侧补上
polarity-mismatch-chinese-alone =
    { $zh_side }有“{ $word }”，{ $en_side }却没有与之相应的否定
    请补上否定，或在另一侧去掉
polarity-mismatch-chinese-denies =
    { $en_side }作肯定，{ $zh_side }作否定：“{ $denied }”对应“{ $en }”
    请补上否定，或在另一侧去掉
polarity-mismatch-renders-chinese = 与“{ $zh }”对应，却没有否定

## modality-mismatch

modality-mismatch = 情态不符
modality-mismatch-noun = 义务、许可或可能
modality-mismatch-prohibition =
    “{ $zh }”表示禁止，对应的英文句子却没有否定
    请写明不得做什么
modality-mismatch-only-if =
    “{ $zh }”表示唯一条件，英文却没有 only、unless 之类的词
    请写明别无其他条件

## scope-mismatch

scope-mismatch = 范围不符
scope-mismatch-noun = 适用的范围

## condition-mismatch

condition-mismatch = 条件不符
condition-mismatch-noun = 条件或关系

## tense-mismatch

tense-mismatch = 时态不符
tense-mismatch-noun = 事情是否已经发生

## relation-mismatch

relation-mismatch = 关系不符
relation-mismatch-noun = 先后
relation-mismatch-acts = 施受关系
relation-mismatch-moves = 起点与终点
relation-mismatch-compares = 比较的双方
relation-mismatch-precedes = 先后
relation-mismatch-owns = 所属关系
relation-mismatch-stands = 对各自的说法
relation-mismatch-changed = 与另一方互换
relation-mismatch-exchanged =
    “{ $first }”（{ $en_first }）与“{ $second }”（{ $en_second }）互换了位置：两侧{ $what }不同
    请核对并改正有误的一侧
relation-mismatch-person =
    “{ $en }”与“{ $zh }”相对：代词所指不是同一人
    请核对并改正有误的一侧

## untranslated-passage

untranslated-passage = 未翻译
untranslated-passage-copy =
    译文照抄原文，尚未翻译
    请翻译
untranslated-passage-one-language =
    两侧是同一种语言（{ $lang }）
    请翻译其中一侧，或用 --source-lang 和 --target-lang 指明语言
untranslated-passage-message =
    消息`{ $key }`两侧文本相同，尚未翻译
    请翻译
untranslated-passage-still =
    此处仍是原文语言（{ $lang }），未译
    请翻译；若为引文，请加以标明

## abridged-passage

abridged-passage = 有删节
abridged-passage-says-so =
    译文注明此处有省略（{ $text }），原文并无省略
    请补译缺漏部分，并删去这一说明
abridged-passage-incomplete = 自称不完整

## quotation-mismatch

quotation-mismatch = 引文不符
quotation-mismatch-title = 书名或篇名
quotation-mismatch-quotation = 引文
quotation-mismatch-another =
    “{ $zh }”对应“{ $en }”：两者所指或所引并不相同
    请核对应为哪一个
quotation-mismatch-nothing =
    { $other }中没有与{ $noun }{ $text }对应的内容
    请补上，或核对此处的文字
quotation-mismatch-partly =
    { $other }中没有与{ $text }里的“{ $words }”对应的内容
    请核对两侧所指是否为同一作品
quotation-mismatch-half =
    { $other }中没有与所引“{ $text }”里的“{ $words }”对应的内容
    请引全文，或使两侧所引相当
quotation-mismatch-bare =
    { $side }中{ $text }加了引号，{ $other }未加
    请标明引文

## heading-mismatch

heading-mismatch = 标题不符
heading-mismatch-number =
    标题编号不符：原文为“{ $one }”，译文为“{ $other }”
    请改正有误的一侧及其后的编号
heading-mismatch-lacks-one =
    { $lacks }的标题缺少编号“{ $text }”
    请补上
heading-mismatch-lacks-several =
    { $lacks }有 { $count } 个标题缺少编号，自“{ $text }”起
    请补上，或从{ $has }中删去
heading-mismatch-one-sided = 编号仅见于此侧
heading-mismatch-level =
    标题级别不符：原文为 { $one } 级，译文为 { $other } 级
    请改为应有的级别
heading-mismatch-level-unlike =
    标题级别不符：原文为 { $one } 级，译文为 { $other } 级，与其他标题不同
    请改为应有的级别

## list-mismatch

list-mismatch = 列举不符
list-mismatch-sibling = 其余并列项都有对应，唯独此项没有
list-mismatch-order =
    并列项的次序与原文不同
    除非语言习惯使然，请保持原文次序
list-mismatch-missing =
    译文的并列项中缺少“{ $text }”
    请补上
list-mismatch-added =
    原文的并列项中缺少“{ $text }”
    请删去，或在原文补上

## markup-mismatch

markup-mismatch = 标记不符
markup-code = 代码
markup-placeholder = 占位符
markup-tag = 标签
markup-footnote = 脚注标记
markup-image = 图片
markup-link = 链接
markup-anchor = 锚点
markup-directive = 指令
markup-role = 角色
markup-shortcode = 短代码
markup-component = 组件
markup-property = 属性
markup-value = 值
markup-key = 键
markup-import = 导入
markup-mismatch-tag =
    { $side }中的标签 { $tag } 不成对
    请按另一侧的样子开闭
markup-mismatch-form-differs =
    复数形式中占位符不符：{ $one } 对应 { $other }
    两侧应当相同，请改正有误的一侧
markup-mismatch-form-added =
    原文没有复数形式中的占位符 { $text }
    请删去或改正
markup-mismatch-form-lacks =
    用于多个数目的复数形式缺少占位符 { $text }
    请补上
markup-mismatch-lacks-plural =
    消息`{ $key }`缺少复数形式 { $forms }，{ $lang } 需要它
    请补上
markup-mismatch-differs =
    { $noun }不符：{ $one } 对应 { $other }
    两侧应当相同，请改正有误的一侧
markup-mismatch-missing =
    译文缺少{ $noun } { $text }
    请补上
markup-mismatch-added =
    原文没有{ $noun } { $text }
    请删去，或在原文补上
markup-mismatch-alone = { $noun }，另一侧无对应内容
markup-mismatch-code-differs =
    代码不符：{ $one } 对应 { $other }
    两侧代码应当相同，请改正有误的一侧
markup-mismatch-code-missing =
    译文的代码缺少 { $one }
    请补上
markup-mismatch-code-added =
    原文的代码没有 { $other }
    请删去，或在原文补上
markup-mismatch-cell =
    单元格中“{ $text }”对应“{ $instead }”
    未翻译的内容两侧应当一致：请改正有误的一侧
markup-mismatch-idle-plural =
    { $lang } 没有复数形式 { $category }，`{ $key }`的这一形式不会显示
    请删去
# without $more
markup-mismatch-idle-plurals =
    { $lang } 没有复数形式 { $category }，`{ $key }`等 { $all } 条消息的这一形式不会显示
    请删去
markup-mismatch-name =
    { $noun }不符：{ $one } 对应 { $other }
    这一名称由程序读取，请与另一侧写成一样

## cue-timing

cue-timing = 字幕时间不符
cue-timing-still-shown = 尚未消失
cue-timing-brief =
    { $seconds } 秒内显示 { $columns } 列，超过设置允许的每秒 { $limit } 列
    请缩短文字或延长显示
cue-timing-early =
    这条字幕提前 { $seconds } 秒显示
    请移后，或重新断句
cue-timing-early-in-a-row =
    连续 { $cues } 条字幕提前约 { $seconds } 秒显示
    请一并移后
cue-timing-late =
    这条字幕推迟 { $seconds } 秒显示
    请移前，或重新断句
cue-timing-late-in-a-row =
    连续 { $cues } 条字幕推迟约 { $seconds } 秒显示
    请一并移前
cue-timing-over =
    前一条字幕尚未消失，这条就已显示{ $more ->
        [0] {""}
       *[other] ，另有 { $more } 处
    }
    请提前结束前一条

## unpaired-mark

unpaired-mark = 标点不成对
unpaired-mark-alone =
    { $mark } 没有与之配对的标点
    请补上另一半，或删去这一个

## joined-words

joined-words = 单词连写
joined-words-run-together =
    “{ $one }”与“{ $other }”连写
    请在两词之间加空格

## inconsistent-term

inconsistent-term = 术语不一致
inconsistent-term-renderings =
    术语不一致：“{ $term }”此处译作“{ $odd }”，别处译作“{ $usual }”
    前者 { $few } 次，后者 { $many } 次：若非另有所指，请统一译法
inconsistent-term-terms =
    术语不一致：译文“{ $term }”此处对应“{ $odd }”，别处对应“{ $usual }”
    前者 { $few } 次，后者 { $many } 次：若非另有所指，请区分或统一
inconsistent-term-again = 同样情况
inconsistent-term-usual = 通行译法
inconsistent-term-elsewhere =
    “{ $term }”在此处作“{ $odd }”，在其他文件里作“{ $usual }”（{ $many } 次）
    请通篇用一种译法；若所指不同，请用不同的术语

## inconsistent-sentence

inconsistent-sentence = 句子译法不一
inconsistent-sentence-renderings =
    原文说了 { $count } 次的句子，此处译法不同
    如果意思相同，请每次用同样的译法
inconsistent-sentence-again = 另一种译法
inconsistent-sentence-usual = 通常的译法
inconsistent-sentence-elsewhere =
    同一句话在 { $path } 第 { $line } 行译法不同
    如果意思相同，请每次用同样的译法

## term-violation

term-violation = 术语不合规定
term-violation-term = 术语
term-violation-kept =
    “{ $wanted }”未照原样保留
    术语表第 { $line } 行有此要求{ $note }：请照写“{ $wanted }”
term-violation-rendered =
    “{ $term }”没有译作“{ $wanted }”
    术语表第 { $line } 行有此要求{ $note }：请改用“{ $wanted }”
term-violation-case =
    “{ $here }”的写法与“{ $wanted }”不符
    术语表第 { $line } 行有此要求{ $note }：请写作“{ $wanted }”
term-violation-forbidden =
    不得使用“{ $here }”
    术语表第 { $line } 行有此要求{ $note }：请换用别的词
term-violation-forbidden-for =
    “{ $term }”不得译作“{ $here }”
    术语表第 { $line } 行有此要求{ $note }：请换用别的词
term-violation-or = { $one }”或“{ $other }
term-violation-note = （{ $note }）

## length-outlier

length-outlier = 长度异常
length-outlier-long =
    译文长度约为按全文比例推算的{ $times } 倍
    请检查有无漏译或增译
length-outlier-short =
    译文长度约为按全文比例推算的 { $percent }%
    请检查有无漏译或增译

## stale-passage

stale-passage = 译文未更新

## missing-file

missing-file = 缺少译文
missing-file-lone =
    { $there } 没有{ $side }：{ $expected } 不存在
    请翻译，或将其排除

## orphan-file

orphan-file = 缺少原文
orphan-file-lone =
    { $there } 没有{ $side }：{ $expected } 不存在
    请删去，或改用与原文对应的文件名
