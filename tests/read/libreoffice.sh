#!/bin/sh
# Makes the inputs of the cases `*-libreoffice` anew: what LibreOffice writes in each format from one text, one
# presentation and one table; and of the cases `pdf-columns-*`, what pdftotext prints of pages in two columns. They were
# made with LibreOffice 7.4 and Poppler 22.12; `UPDATE=1 cargo test --test it files_read` writes what is read from them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/text.fodt" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="1"/>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="2"/>
<style:style style:name="Quotations" style:family="paragraph" style:parent-style-name="Standard"/>
<style:style style:name="Caption" style:family="paragraph" style:parent-style-name="Standard"/>
<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
<style:header><text:p>Report of the water office</text:p></style:header>
<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="gone"><text:deletion><office:change-info><dc:creator>A</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info><text:p>and struck out</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h text:style-name="Heading_20_1" text:outline-level="1">The river in spring</text:h>
<text:p>The gauge was <text:span text:style-name="Bold">read twice</text:span> a day<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>At six and at eighteen hours.</text:p></text:note-body></text:note>; see <text:a xlink:type="simple" xlink:href="https://example.org/levels">the levels</text:a>.<text:change text:change-id="gone"/><office:annotation><dc:creator>A</dc:creator><dc:date>2024-01-01T00:00:00</dc:date><text:p>Is this so?</text:p></office:annotation></text:p>
<text:p>水位每天读两次。<text:tab/>一月至三月<text:s text:c="2"/>没有记录。</text:p>
<text:p text:style-name="Quotations">Water finds its way.</text:p>
<text:h text:style-name="Heading_20_2" text:outline-level="2">What was done</text:h>
<text:list text:style-name="Numbers"><text:list-item><text:p>Clear the sluice.</text:p><text:list><text:list-item><text:p>Take out the branches.</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Grease the hinges.</text:p></text:list-item></text:list>
<table:table table:name="Levels"><table:table-column table:number-columns-repeated="3"/>
<table:table-header-rows><table:table-row><table:table-cell><text:p>Month</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>Level</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><text:p>March</text:p></table:table-cell><table:table-cell><text:p>2.4 m</text:p></table:table-cell><table:table-cell><text:p>high</text:p><text:p>and rising</text:p></table:table-cell></table:table-row>
</table:table>
<text:p>Behind the table.<draw:frame draw:name="box" text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>A word at the side.</text:p></draw:text-box></draw:frame></text:p>
<text:p text:style-name="Caption">Table <text:sequence text:name="Table" text:formula="ooow:Table+1" style:num-format="1">1</text:sequence>: Levels of the river</text:p>
<text:p>The last line<text:line-break/>of the report.<text:note text:id="n2" text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>Printed in Basel.</text:p></text:note-body></text:note></text:p>
</office:text></office:body></office:document>
END

cat > "$work/slides.fodp" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles>
<office:body><office:presentation>
<draw:page draw:name="one" draw:master-page-name="Default">
<draw:frame presentation:class="title" svg:x="2cm" svg:y="1cm" svg:width="24cm" svg:height="3cm"><draw:text-box><text:p>The river in spring</text:p></draw:text-box></draw:frame>
<draw:frame presentation:class="outline" svg:x="2cm" svg:y="5cm" svg:width="24cm" svg:height="12cm"><draw:text-box><text:list><text:list-item><text:p>Clear the sluice</text:p><text:list><text:list-item><text:p>Take out the branches</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>清理闸门</text:p></text:list-item></text:list></draw:text-box></draw:frame>
<presentation:notes><draw:frame presentation:class="notes" svg:x="2cm" svg:y="12cm" svg:width="16cm" svg:height="12cm"><draw:text-box><text:p>Say who did it.</text:p></draw:text-box></draw:frame></presentation:notes>
</draw:page>
<draw:page draw:name="two" draw:master-page-name="Default">
<draw:frame svg:x="2cm" svg:y="5cm" svg:width="24cm" svg:height="6cm"><table:table><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>Month</text:p></table:table-cell><table:table-cell><text:p>Level</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>March</text:p></table:table-cell><table:table-cell><text:p>2.4 m</text:p></table:table-cell></table:table-row></table:table></draw:frame>
<draw:custom-shape svg:x="2cm" svg:y="14cm" svg:width="8cm" svg:height="3cm"><text:p>A word in a shape</text:p><draw:enhanced-geometry draw:type="rectangle" svg:viewBox="0 0 21600 21600" draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/></draw:custom-shape>
</draw:page>
</office:presentation></office:body></office:document>
END

cat > "$work/table.csv" <<'END'
zh,en
水位每天读两次。,The gauge is read twice a day.
"“三月”,上涨","""March"", rising"
2024,2024
"第一行
第二行","The first line
The second line"
,An orphan.
END

# soffice FILTER END SOURCE CASE
write() {
    soffice --headless -env:UserInstallation=file://"$work"/profile ${1:+--infilter="$1"} --convert-to "$2" --outdir "$work" "$work/$3" > "$work/log" 2>&1 \
        || { cat "$work/log" >&2; exit 1; }
    mkdir -p "$here/$4"
    cp "$work/${3%.*}.${2%%:*}" "$here/$4/input.${2%%:*}"
}
write "" odt text.fodt odt-libreoffice
write "" docx text.fodt docx-libreoffice
write "" epub text.fodt epub-libreoffice
write "" pptx slides.fodp pptx-libreoffice
write "" odp slides.fodp odp-libreoffice
write "CSV:44,34,76" xlsx table.csv xlsx-libreoffice
write "CSV:44,34,76" ods table.csv ods-libreoffice

# columns LANGUAGE FONT HEAD FOOT LINES: these lines of a text as pages in two columns, with heads and numbered feet
columns() {
    {
        cat <<END
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'$2'"/></office:font-face-decls>
<office:styles>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="0.1cm" fo:text-indent="0.6cm"/><style:text-properties style:font-name="F" style:font-name-asian="F" fo:font-size="10pt" style:font-size-asian="10pt" fo:language="$1" fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="15cm" fo:page-height="16cm" fo:margin="1.5cm"><style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:page-layout-properties><style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.3cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:header><text:p text:style-name="P">$3</text:p></style:header><style:footer><text:p text:style-name="P">$(printf "$4" '<text:page-number>1</text:page-number>')</text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>
END
        grep . "$here/../../texts/sovereignty-3.0/$1.txt" | sed -n "$5"'s|.*|<text:p text:style-name="P">&</text:p>|p'
        echo '</office:text></office:body></office:document>'
    } > "$work/columns-$1.fodt"
    soffice --headless -env:UserInstallation=file://"$work"/profile --convert-to pdf --outdir "$work" "$work/columns-$1.fodt" > "$work/log" 2>&1 \
        || { cat "$work/log" >&2; exit 1; }
    mkdir -p "$here/pdf-columns-$1"
    pdftotext -q -enc UTF-8 - - < "$work/columns-$1.pdf" > "$here/pdf-columns-$1/printed.txt"
}
columns zh "WenQuanYi Micro Hei" "网络主权：理论与实践" "第 %s 页" 21,42
columns en "DejaVu Serif" "Sovereignty in Cyberspace: Theory and Practice" "Page %s" 21,40
