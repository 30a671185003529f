# What the checks say, one group a check: its name, then what it tells of a finding and of its evidence.

## said by several checks

no-counterpart = no counterpart
stands-against-other =
    { $zh } stands against “{ $en }”, another { $noun }
    correct whichever is wrong
stands-against-opposite =
    { $zh } stands against its opposite, “{ $en }”
    correct whichever is wrong
says-otherwise = says otherwise
said-of-the-same = said of the same
clash =
    “{ $one }” stands against “{ $other }”: they differ in { $noun }
    correct whichever is wrong
values-differ =
    { $source } stands against { $target }
    the { $noun } differ: correct whichever is wrong
# without $noun
value-missing =
    the translation has nothing for { $source }
    add it, unless it is said in other words
# without $noun
value-added =
    the original has nothing for { $target }
    take it out, unless it is said in other words
sentence-hidden =
    nothing in the { $side } accounts for this sentence, though its neighbours are rendered
    { $remedy }
content-unless =
    { $nothing }, unless that is “{ $instead }”
    compare the two, and mend whichever is wrong
content-and-remedy =
    { $nothing }
    { $remedy }
no-counterpart-either = no counterpart either
value-chain = { $value }, no counterpart
value-of-kind = { $kind } { $value }, no counterpart
content-nothing = nothing in the { $side } accounts for { $text }
content-nothing-near = nothing in the sentence of the { $side } lies near { $text }
quoted = “{ $text }”
quoted-list = { $before }; { $more }
passage-clause = this clause
passage-message = the message `{ $key }`
passage-messages = { $count } messages, `{ $first }` to `{ $last }`
passage-sentence = { $count ->
    [one] this sentence
   *[other] these { $count } sentences
}
passage-block = { $count ->
    [one] this block
   *[other] these { $count } blocks
}
passage-table-row = { $count ->
    [one] this table row
   *[other] these { $count } table rows
}
passage-heading = { $count ->
    [one] this heading
   *[other] these { $count } headings
}
passage-paragraph = { $count ->
    [one] this paragraph
   *[other] these { $count } paragraphs
}
passage-list-item = { $count ->
    [one] this list item
   *[other] these { $count } list items
}
passage-table-cell = { $count ->
    [one] this table cell
   *[other] these { $count } table cells
}
passage-quotation = { $count ->
    [one] this quotation
   *[other] these { $count } quotations
}
passage-code = { $count ->
    [one] this code block
   *[other] these { $count } code blocks
}
passage-caption = { $count ->
    [one] this caption
   *[other] these { $count } captions
}
passage-metadata = { $count ->
    [one] this setting
   *[other] these { $count } settings
}
passage-comment = { $count ->
    [one] this comment
   *[other] these { $count } comments
}

## missing-passage

missing-passage = missing-passage
missing-passage-nothing = the translation has nothing for { $passage }: translate it here, or say why it is left out
missing-passage-remedy = translate it, unless it is said in other words

## added-passage

added-passage = added-passage
added-passage-nothing = the original has nothing for { $passage }: take it out, or add it to the original
added-passage-remedy = take it out, unless it is said in other words

## moved-passage

moved-passage = moved-passage
moved-passage-moved =
    { $passage } stands at another place in the translation
    put it back, or keep the new order on purpose

## divergent-passage

divergent-passage = divergent-passage
divergent-passage-different =
    the two say different things: hardly a word of the one renders a word of the other
    put the right passage here, or translate it anew
divergent-passage-exchanged =
    two passages have each other's translation
    exchange the translations
divergent-passage-one = the one
divergent-passage-other = the other
divergent-passage-later =
    the translations of these { $count } passages stand { $off ->
        [one] { $off } place
       *[other] { $off } places
    } later than they should
    move them back, and mend what put them out of step
divergent-passage-earlier =
    the translations of these { $count } passages stand { $off ->
        [one] { $off } place
       *[other] { $off } places
    } earlier than they should
    move them back, and mend what put them out of step

## missing-content

missing-content = missing-content
missing-content-remedy = add it, unless it is said in other words
missing-content-never =
    “{ $word }” is rendered word for word as “{ $rendering }”, which nobody means by it
    say what is meant
missing-content-sense =
    “{ $word }” is rendered as “{ $rendering }”, another sense of it; here it is meant as in “{ $meant }”
    use a word for the sense that is meant
another-sense = another sense

## added-content

added-content = added-content
added-content-remedy = take it out, unless the original says it in other words

## number-mismatch

number-mismatch = number-mismatch
number-mismatch-same = the same number
number-mismatch-turned =
    { $text } is said of the opposite: { $one } stands against “{ $other }”
    correct whichever is wrong
number-mismatch-noun = values
number-mismatch-bound = whether this is the least or the most

## date-mismatch

date-mismatch = date-mismatch
date-mismatch-noun = dates

## name-mismatch

name-mismatch = name-mismatch
name-mismatch-number =
    { $one } stands against { $other }
    correct whichever is wrong
name-mismatch-spelling =
    { $zh } stands against “{ $name }”, which does not spell it
    correct whichever is wrong

## polarity-mismatch

polarity-mismatch = polarity-mismatch
polarity-mismatch-english-denies =
    the { $en_side } denies what the { $zh_side } affirms: “{ $word } … { $en }” stands against { $zh }
    take out the negation, or add it on the other side
polarity-mismatch-renders-english = renders “{ $en }”, and nothing denies it
polarity-mismatch-english-alone =
    the { $en_side } has “{ $word }”, and nothing in the { $zh_side } answers to it
    take out the negation, or add it on the other side
polarity-mismatch-chinese-alone =
    the { $zh_side } has { $word }, and nothing in the { $en_side } answers to it
    add the negation, or take it out on the other side
polarity-mismatch-chinese-denies =
    the { $en_side } affirms what the { $zh_side } denies: { $denied } stands against “{ $en }”
    add the negation, or take it out on the other side
polarity-mismatch-renders-chinese = renders { $zh }, and nothing denies it

## modality-mismatch

modality-mismatch = modality-mismatch
modality-mismatch-noun = what must, may or need not be
modality-mismatch-prohibition =
    { $zh }, a prohibition stands against a sentence with nothing negative in it
    say what must not be done
modality-mismatch-only-if =
    { $zh }, a condition that alone will do has no “only”, “unless” or the like in the English
    say that nothing else will do

## scope-mismatch

scope-mismatch = scope-mismatch
scope-mismatch-noun = how much this is said of

## condition-mismatch

condition-mismatch = condition-mismatch
condition-mismatch-noun = what ties the statements

## tense-mismatch

tense-mismatch = tense-mismatch
tense-mismatch-noun = whether this has happened

## relation-mismatch

relation-mismatch = relation-mismatch
relation-mismatch-noun = what comes first
relation-mismatch-acts = who does it to whom
relation-mismatch-moves = from where to where
relation-mismatch-compares = which is compared with which
relation-mismatch-precedes = which comes first
relation-mismatch-owns = which belongs to which
relation-mismatch-stands = what is said of each
relation-mismatch-changed = has changed places with the other
relation-mismatch-exchanged =
    { $first } (“{ $en_first }”) and { $second } (“{ $en_second }”) have changed places: the versions differ in { $what }
    correct whichever is wrong
relation-mismatch-person =
    “{ $en }” stands against { $zh }: the pronouns are of different persons
    correct whichever is wrong

## untranslated-passage

untranslated-passage = untranslated-passage
untranslated-passage-copy =
    the translation is a copy of the original
    translate it
untranslated-passage-one-language =
    both versions are in one language ({ $lang })
    translate one, or name the languages with --source-lang and --target-lang
untranslated-passage-message =
    the message `{ $key }` has the same text in both versions
    translate it
untranslated-passage-still =
    this is still in the language of the original ({ $lang })
    translate it, or mark it as a quotation

## abridged-passage

abridged-passage = abridged-passage
abridged-passage-says-so =
    the translation says that something is left out here ({ $text }), the original does not
    translate what is missing and take the remark out
abridged-passage-incomplete = says that it is not complete

## quotation-mismatch

quotation-mismatch = quotation-mismatch
quotation-mismatch-title = title
quotation-mismatch-quotation = quotation
quotation-mismatch-another =
    { $zh } stands against “{ $en }”: they do not name or quote the same
    check which of the two is meant
quotation-mismatch-nothing =
    nothing in the { $other } corresponds to the { $noun } { $text }
    put it in, or check what stands in its place
quotation-mismatch-partly =
    nothing in the { $other } corresponds to { $words } in the title { $text }
    check that both name the same work
quotation-mismatch-half =
    nothing in the { $other } corresponds to { $words } in what is quoted: { $text }
    quote the whole, or as much of it on both sides
quotation-mismatch-bare =
    the { $side } quotes { $text }, the { $other } has the words without quotation marks
    mark what is quoted

## heading-mismatch

heading-mismatch = heading-mismatch
heading-mismatch-number =
    the heading has the number { $one } in the original and { $other } in the translation
    correct whichever is wrong, and those that follow
heading-mismatch-lacks-one =
    the { $lacks } lacks the number { $text } of this heading
    add it
heading-mismatch-lacks-several =
    the { $lacks } lacks the numbers of { $count } headings, from { $text } on
    add them, or take them out of the { $has }
heading-mismatch-one-sided = a number on this side only
heading-mismatch-level =
    the heading is of level { $one } in the original and of level { $other } in the translation
    give it the level that it should have
heading-mismatch-level-unlike =
    the heading is of level { $one } in the original and of level { $other } in the translation, unlike the other headings
    give it the level that it should have

## list-mismatch

list-mismatch = list-mismatch
list-mismatch-sibling = no counterpart, though its siblings have one
list-mismatch-order =
    the members of this enumeration stand in another order
    keep the order of the original, unless the language asks for another
list-mismatch-missing =
    the translation lacks { $text } among the members of this enumeration
    add it
list-mismatch-added =
    the original lacks { $text } among the members of this enumeration
    take it out, or add it there

## markup-mismatch

markup-mismatch = markup-mismatch
markup-code = code
markup-placeholder = placeholder
markup-tag = tag
markup-footnote = footnote mark
markup-image = image
markup-link = link
markup-anchor = anchor
markup-directive = directive
markup-role = role
markup-shortcode = shortcode
markup-component = component
markup-property = property
markup-value = value
markup-key = key
markup-import = import
markup-mismatch-tag =
    the tag { $tag } has no counterpart in the { $side }
    open and close it as on the other side
markup-mismatch-form-differs =
    the placeholder { $one } stands against { $other } in a plural form
    they must be the same: correct whichever is wrong
markup-mismatch-form-added =
    the original lacks the placeholder { $text } of a plural form
    take it out, or correct it
markup-mismatch-form-lacks =
    the placeholder { $text } is not in a plural form that stands for several numbers
    put it in
markup-mismatch-lacks-plural =
    the message `{ $key }` lacks the plural form { $forms }, which { $lang } needs
    add it
markup-mismatch-differs =
    the { $noun } { $one } stands against { $other }
    they must be the same: correct whichever is wrong
markup-mismatch-missing =
    the translation lacks the { $noun } { $text }
    add it
markup-mismatch-added =
    the original lacks the { $noun } { $text }
    take it out, or add it there
markup-mismatch-alone = { $noun }, no counterpart
markup-mismatch-code-differs =
    in the code, { $one } stands against { $other }
    the code must be the same: correct whichever is wrong
markup-mismatch-code-missing =
    the code of the translation lacks { $one }
    add it
markup-mismatch-code-added =
    the code of the original lacks { $other }
    take it out, or add it there
markup-mismatch-cell =
    { $text } stands against { $instead } in this cell
    what is left in Latin letters must be the same: correct whichever is wrong
markup-mismatch-idle-plural =
    { $lang } has no plural form { $category }, so that of `{ $key }` is never shown
    take it out
# without $all
markup-mismatch-idle-plurals =
    { $lang } has no plural form { $category }, so that of `{ $key }` and { $more } more is never shown
    take it out
markup-mismatch-name =
    the { $noun } { $one } stands against { $other }
    a program reads this name: write it as on the other side

## cue-timing

cue-timing = cue-timing
cue-timing-still-shown = still shown
cue-timing-brief =
    { $columns } columns in { $seconds } seconds are more than the { $limit } a second that the settings allow
    shorten the words or show them longer
cue-timing-early =
    this cue is shown { $seconds } seconds early
    show it later or divide the words otherwise
cue-timing-early-in-a-row =
    { $cues } cues in a row are shown about { $seconds } seconds early
    move them later together
cue-timing-late =
    this cue is shown { $seconds } seconds late
    show it earlier or divide the words otherwise
cue-timing-late-in-a-row =
    { $cues } cues in a row are shown about { $seconds } seconds late
    move them earlier together
cue-timing-over =
    this cue is shown while the one before it still is{ $more ->
        [0] {""}
       *[other] , and so are { $more } more
    }
    end that one earlier

## unpaired-mark

unpaired-mark = unpaired-mark
unpaired-mark-alone =
    { $mark } has no partner
    add the other mark, or take this one out

## joined-words

joined-words = joined-words
joined-words-run-together =
    “{ $one }” and “{ $other }” run together
    put a space between them

## inconsistent-term

inconsistent-term = inconsistent-term
inconsistent-term-renderings =
    { $term } is { $odd } here, and elsewhere { $usual }
    it is rendered so { $few ->
        [one] once
       *[other] { $few } times
    }, and as { $usual } { $many ->
        [one] once
       *[other] { $many } times
    }: settle on one, unless two things are meant
inconsistent-term-terms =
    { $term } stands for { $odd } here, and elsewhere for { $usual }
    it does so { $few ->
        [one] once
       *[other] { $few } times
    }, and for { $usual } { $many ->
        [one] once
       *[other] { $many } times
    }: settle on one, unless two things are meant
inconsistent-term-again = the same once more
inconsistent-term-usual = the usual rendering
inconsistent-term-elsewhere =
    “{ $term }” is “{ $odd }” here, and “{ $usual }” in other files ({ $many } times)
    use one rendering throughout, or another term where another thing is meant

## inconsistent-sentence

inconsistent-sentence = inconsistent-sentence
inconsistent-sentence-renderings =
    a sentence that the original says { $count } times is rendered differently here
    say it the same way each time, if it means the same
inconsistent-sentence-again = another rendering
inconsistent-sentence-usual = the usual rendering
inconsistent-sentence-elsewhere =
    the same sentence is rendered differently in { $path }, line { $line }
    say it the same way each time, if it means the same

## term-violation

term-violation = term-violation
term-violation-term = the term
term-violation-kept =
    { $wanted } is not kept
    line { $line } of the termbase asks for it{ $note }: write { $wanted } as it is
term-violation-rendered =
    { $term } is not rendered as { $wanted }
    line { $line } of the termbase asks for it{ $note }: write { $wanted }
term-violation-case =
    { $here } is written otherwise than { $wanted }
    line { $line } of the termbase asks for it{ $note }: write { $wanted }
term-violation-forbidden =
    { $here } is not to be used
    line { $line } of the termbase asks for it{ $note }: use another word
term-violation-forbidden-for =
    { $here } is not to be used for { $term }
    line { $line } of the termbase asks for it{ $note }: use another word
term-violation-or = { $one } or { $other }
term-violation-note = {" "}({ $note })

## length-outlier

length-outlier = length-outlier
length-outlier-long =
    the translation is { $times } times as long as the rest of this text leads one to expect
    look for what was left out or added
length-outlier-short =
    the translation is only { $percent } % of the length that the rest of this text leads one to expect
    look for what was left out or added

## stale-passage

stale-passage = stale-passage

## missing-file

missing-file = missing-file
missing-file-lone =
    { $there } has no { $side }: there is no { $expected }
    translate it, or exclude it

## orphan-file

orphan-file = orphan-file
orphan-file-lone =
    { $there } has no { $side }: there is no { $expected }
    remove it, or give it the name of its original
