//! Linked passages whose lengths do not fit.

use super::{Category, Check, Context, Fault, Findings, Severity, Side, id, message};
use crate::text::{BlockKind, Document};

pub(super) static CHECK: Check = Check {
    name: "length-outlier",
    title: id!("length-outlier"),
    category: Category::Accuracy,
    severity: Severity::Minor,
    summary: "the length ratio is far outside what this very bitext shows elsewhere",
    docs: r#"
        A translation that is much shorter or longer than its neighbours lead one to expect has often lost or won
        something. The measure is the bitext itself: the logarithm of the length ratio of every pair of linked
        paragraphs, its median and its median deviation. Only what lies very far outside is reported, and only in
        bitexts with at least a dozen linked paragraphs of some length.

        Where another check names the words that are missing or added, this one has nothing to add.

        It leaves alone headings, list items and table cells, short paragraphs, and code.

        ```fires
        en: The river rises in the hills and flows to the sea through three provinces of the country.
        en: Farmers along its banks grow rice in summer and wheat in winter, as they have for centuries.
        en: The old town was built on a rock above the water and is surrounded by a wall of grey stone.
        en: Every morning the boats leave the harbour early and return in the evening full of fish.
        en: In spring the fields are yellow with flowers and visitors arrive from everywhere to see them.
        en: The school stands beside the temple, and children walk there over the wooden bridge every day.
        en: A market is held in the square every week, where people buy vegetables, cloth and tools.
        en: The railway came late to this valley, and before it goods were carried by horses and mules.
        en: Winters are cold and long, and snow often closes the road over the mountains until April.
        en: The library keeps thousands of manuscripts that monks copied by hand in the Middle Ages.
        en: Young people leave for the cities, but many of them come back when they have children.
        en: A museum shows how salt was once won from the springs and sold all over the continent.
        en: The bridge was destroyed twice in the war and each time rebuilt by the people of the town.
        fr: Le fleuve naît dans les collines et se jette dans la mer après trois provinces.
        fr: Sur ses rives, les paysans cultivent le riz en été et le blé en hiver, depuis des siècles.
        fr: La vieille ville fut bâtie sur un rocher au-dessus de l’eau et entourée d’un mur de pierre grise.
        fr: Chaque matin les bateaux quittent tôt le port et reviennent le soir chargés de poisson.
        fr: Au printemps les champs sont jaunes de fleurs et les visiteurs viennent de partout les voir.
        fr: L’école est à côté du temple, et les enfants y vont chaque jour par le pont de bois.
        fr: Un marché se tient chaque semaine sur la place : on y achète légumes, tissus et outils.
        fr: Le chemin de fer est venu tard dans cette vallée ; avant, chevaux et mulets portaient tout.
        fr: Les hivers sont longs et froids, et la neige ferme souvent la route de la montagne jusqu’en avril.
        fr: La bibliothèque garde des milliers de manuscrits copiés à la main par des moines.
        fr: Les jeunes partent pour les villes, mais beaucoup reviennent quand ils ont des enfants.
        fr: Un musée montre comment on tirait autrefois le sel des sources pour le vendre partout.
        fr: Le pont fut détruit deux fois pendant la guerre et rebâti chaque fois par les habitants, qui le payèrent cher : bien des familles donnèrent toutes leurs économies, les femmes et les vieillards portèrent eux aussi les pierres, les artisans travaillèrent jour et nuit.
        ```

        ```passes
        en: The river rises in the hills and flows to the sea.
        zh: 这条河发源于山区，流入大海。
        ```
    "#,
    run,
};

/// Fewer pairs than this say nothing of what is usual.
const ENOUGH: usize = 12;
/// How many median deviations away is far.
const FAR: f64 = 7.0;
/// The least number of letters for a length to mean anything; a Chinese character counts as three.
const LONG: f64 = 40.0;

fn run(context: &Context, findings: &mut Findings) {
    let documents = [context.document(Side::Source), context.document(Side::Target)];
    let links = context.bitext().alignment.blocks.iter().filter(|link| !link.is_null());
    let mut ratios = Vec::new();
    for link in links {
        let (source, target) = (length(documents[0], &link.source), length(documents[1], &link.target));
        if source >= LONG && target >= LONG {
            ratios.push(((target / source).ln(), link));
        }
    }
    if ratios.len() < ENOUGH {
        return;
    }
    let middle = median(ratios.iter().map(|(ratio, _)| *ratio));
    // never narrower than what careful translators show
    let spread = median(ratios.iter().map(|(ratio, _)| (ratio - middle).abs())).max(0.1);
    for (ratio, link) in ratios {
        let away = (ratio - middle) / spread;
        if away.abs() < FAR {
            continue;
        }
        let times = (ratio - middle).exp();
        let message = match away > 0.0 {
            true => message!("length-outlier-long", times = format!("{times:.1}")),
            false => message!("length-outlier-short", percent = format!("{:.0}", 100.0 * times)),
        };
        findings.add(Fault {
            source: context.span_of_blocks(Side::Source, &link.source),
            target: context.span_of_blocks(Side::Target, &link.target),
            message,
            confidence: 0.6,
            severity: None,
            evidence: Vec::new(),
        });
    }
}

/// The letters of some blocks; 0 unless all are paragraphs.
fn length(document: &Document, blocks: &[usize]) -> f64 {
    let all = blocks.iter().map(|&block| &document.blocks[block]);
    if !all.clone().all(|block| block.kind == BlockKind::Paragraph) {
        return 0.0;
    }
    let letters = |c: char| match c {
        _ if c.is_whitespace() => 0.0,
        _ if crate::text::script::is_han(c) => 3.0,
        _ => 1.0,
    };
    all.map(|block| document.slice(block.span).chars().map(letters).sum::<f64>()).sum()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
