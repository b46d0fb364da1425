//! The date of publication of pages.

use std::path::Path;

use beleg::evidence::PageText;

use crate::data::{self, ScoreError, share, string};

/// Prints the figures of the set in `folder`. Some of its pages lie in a set beside it. Of a page to which the set gives no date,
/// none is right.
pub(crate) fn score(folder: &Path) -> Result<(), ScoreError> {
    let truth = data::json_with_gaps(&folder.join("eval_mediacloud_2020.json"))?;
    let beside = folder.with_file_name("trafilatura-eval");
    let (mut pages, mut right, mut wrong) = (0, 0, 0);
    for (_, entry) in truth.as_object().into_iter().flatten() {
        let file = format!("{}.gz", string(entry, "file"));
        let Some(path) =
            [folder, &beside].iter().map(|set| set.join("html").join(&file)).find(|path| path.is_file())
        else {
            continue;
        };
        pages += 1;
        let page = PageText::read("text/html", &data::text(&path)?);
        match page.published.as_deref().and_then(|written| written.get(..10)) {
            Some(day) if day == string(entry, "date") => right += 1,
            Some(day) => {
                wrong += 1;
                data::miss(|| format!("{day} for {} in {}", string(entry, "date"), path.display()));
            }
            None if string(entry, "date").is_empty() => right += 1,
            None => data::miss(|| format!("none for {} in {}", string(entry, "date"), path.display())),
        }
    }
    println!(
        "htmldate: {pages} pages, right {:.3}, wrong {:.3}, none {:.3}",
        share(right, pages),
        share(wrong, pages),
        share(pages - right - wrong, pages)
    );
    Ok(())
}
