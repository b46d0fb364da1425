//! Groups: lines that stand together between blank lines, page ends and URLs that stand alone.

use std::ops::Range;

use super::entry;
use super::layout::Layout;
use super::line::Line;
use super::url_break;
use super::url_line::is_url_line;
use crate::article::source_heading::is_source_heading;

/// Lines that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article) struct Group {
    /// Which lines.
    pub(in crate::article) lines: Range<usize>,
    /// What they hold.
    pub(in crate::article) kind: GroupKind,
}

/// What a [`Group`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) enum GroupKind {
    /// Words.
    Text,
    /// URLs alone.
    Urls,
    /// Numbered entries with URLs: "[1] …".
    Entries,
    /// A heading by its type.
    Heading,
    /// Words in small type that stand beside the text: a caption.
    Aside,
    /// Notes at the foot of a page.
    Notes,
}

/// The groups of a text, in order.
pub(super) fn groups(lines: &[Line], layout: Layout) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        if lines[start].is_blank() {
            start += 1;
            continue;
        }
        let end = end_of_run(lines, start);
        split_run(lines, start..end, layout, &mut groups);
        start = end;
    }
    groups
}

/// The end of the lines from `start` on that no blank line and no form feed parts.
fn end_of_run(lines: &[Line], start: usize) -> usize {
    let goes_on = |line: &&Line| !line.is_blank() && line.form_feeds == lines[start].form_feeds;
    start + lines[start..].iter().take_while(goes_on).count()
}

/// Sorts the lines of a run, which mostly are one group.
fn split_run(lines: &[Line], mut run: Range<usize>, layout: Layout, groups: &mut Vec<Group>) {
    let mut add = |lines: Range<usize>, kind| {
        if !lines.is_empty() {
            groups.push(Group { lines, kind });
        }
    };
    let has_heading = run.len() > 1 && is_source_heading(lines[run.start].text);
    if has_heading && entries_or_urls(lines, run.start + 1..run.end).is_some() {
        add(run.start..run.start + 1, GroupKind::Text);
        run.start += 1;
    }
    if let Some(kind) = entries_or_urls(lines, run.clone()) {
        return add(run, kind);
    }
    let foot = foot_of_page(lines, &run);
    let text = run.start..foot;
    match layout {
        Layout::Wrapped { .. } => add(text, GroupKind::Text),
        Layout::Unwrapped => add_each(lines, text, &mut add),
    }
    add(foot..run.end, GroupKind::Urls);
}

/// Sorts the lines of a run of printed lines.
pub(in crate::article) fn group_run(lines: &[Line], run: Range<usize>, groups: &mut Vec<Group>) {
    // The width says nothing here: printed lines are wrapped always.
    let layout = Layout::Wrapped { width: 0 };
    match groups.last_mut() {
        Some(last) if last.kind == GroupKind::Urls && goes_on_overleaf(lines, &last.lines, &run) => {
            last.lines.end += 1;
            if run.len() > 1 {
                split_run(lines, run.start + 1..run.end, layout, groups);
            }
        }
        _ => split_run(lines, run, layout, groups),
    }
}

/// Whether the URL that ends a page goes on in the first line of the next page.
fn goes_on_overleaf(lines: &[Line], urls: &Range<usize>, run: &Range<usize>) -> bool {
    let (last, first) = (&lines[urls.end - 1], &lines[run.start]);
    let alone = !first.text.contains(char::is_whitespace);
    let tail = last.text.split_whitespace().next_back().unwrap_or_default();
    let broken = first.carries_on_url_of(last) || (alone && url_break::goes_on(tail, first.text, true));
    urls.end == run.start && first.sheet != last.sheet && alone && broken
}

/// Adds every line as a group of its own, but URL lines in a row as one.
fn add_each(lines: &[Line], run: Range<usize>, add: &mut impl FnMut(Range<usize>, GroupKind)) {
    let mut start = run.start;
    while start < run.end {
        let urls = end_of_urls(lines, start..run.end);
        let (end, kind) = if urls > start { (urls, GroupKind::Urls) } else { (start + 1, GroupKind::Text) };
        add(start..end, kind);
        start = end;
    }
}

fn entries_or_urls(lines: &[Line], run: Range<usize>) -> Option<GroupKind> {
    if run.is_empty() {
        None
    } else if entry::are_entries(&lines[run.clone()]) {
        Some(GroupKind::Entries)
    } else {
        (end_of_urls(lines, run.clone()) == run.end).then_some(GroupKind::Urls)
    }
}

/// The end of the URL lines that the lines begin with, lines that carry a URL on among them.
fn end_of_urls(lines: &[Line], run: Range<usize>) -> usize {
    let start = run.start;
    let mut end = start;
    let mut last = String::new();
    for line in &lines[run] {
        if is_url_line(line.text) {
            line.text.split_whitespace().next_back().unwrap_or_default().clone_into(&mut last);
        } else if end > start
            && !line.text.contains(char::is_whitespace)
            && (url_break::goes_on(&last, line.text, true) || line.carries_on_url_of(&lines[end - 1]))
        {
            last.push_str(line.text);
        } else {
            break;
        }
        end += 1;
    }
    end
}

/// Where the URL lines at the end of a run begin if a form feed follows at once, which makes them a page foot
/// even without a blank line before; the end of the run where there are none.
fn foot_of_page(lines: &[Line], run: &Range<usize>) -> usize {
    let page = lines[run.start].form_feeds;
    let next = lines[run.end..].iter().find(|line| !line.is_blank() || line.form_feeds > page);
    let turns = next.is_some_and(|next| next.form_feeds > page);
    let urls = lines[run.clone()].iter().rev().take_while(|line| is_url_line(line.text)).count();
    let foot = run.end - urls;
    let introduced = foot > run.start && lines[foot - 1].text.ends_with(':');
    if turns && !introduced { foot } else { run.end }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn kinds(text: &str) -> Vec<(Range<usize>, GroupKind)> {
        let lines = lines(text);
        groups(&lines, Layout::of(&lines)).into_iter().map(|group| (group.lines, group.kind)).collect()
    }

    #[test]
    fn blank_lines_part_groups_and_urls_alone_are_told_apart() {
        use GroupKind::{Text, Urls};
        let text = "Ein Text der\nweitergeht.\n\nhttps://a.org/x\nhttps://a.org/y\n\n\nEnde.";
        assert_eq!(kinds(text), [(0..2, Text), (3..5, Urls), (7..8, Text)]);
    }

    #[test]
    fn a_broken_url_stays_in_its_group() {
        let text =
            "Ein Text der\nweitergeht.\n\nhttps://a.org/x/video/\nfrench-president/index.html\n\nEnde.";
        assert_eq!(kinds(text)[1], (3..5, GroupKind::Urls));
    }

    #[test]
    fn urls_right_before_a_form_feed_are_a_page_foot() {
        let text = "Ein Text der\nweitergeht\nhttps://a.org/x\n\u{c}und endet.";
        assert_eq!(kinds(text)[1], (2..3, GroupKind::Urls));
    }

    #[test]
    fn a_heading_of_sources_right_above_its_urls_is_a_group_of_its_own() {
        use GroupKind::{Text, Urls};
        assert_eq!(
            kinds("Ein Text.\n\nQuellen:\nhttps://a.org/x\n"),
            [(0..1, Text), (2..3, Text), (3..4, Urls)]
        );
    }
}
