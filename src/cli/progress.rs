//! The progress bar: on a terminal, and nowhere else.

use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::Cli;
use super::context::Context;
use crate::audit::{Event, Observer};

/// Someone to tell the progress to: a bar on a terminal, nobody otherwise.
pub(super) fn observer(cli: &Cli, context: &Context) -> Observer {
    // Log lines and a bar would tear each other apart.
    if cli.quiet || cli.verbose > 1 || !context.stderr_is_terminal {
        return Arc::new(|_| {});
    }
    let bar = ProgressBar::no_length();
    let style = ProgressStyle::with_template("{spinner} {prefix} {wide_bar} {pos}/{len} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    Arc::new(move |event| show(&bar, event))
}

fn show(bar: &ProgressBar, event: Event) {
    match event {
        Event::Begun { article, sources } => {
            bar.reset();
            bar.set_length(sources as u64);
            bar.set_prefix(article);
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Event::Settled { url, state } => {
            bar.inc(1);
            let host = url.split('/').nth(2).unwrap_or_default().to_owned();
            bar.set_message(format!("{host} {state}"));
        }
        Event::Weighing => bar.set_message("weighing claims"),
        Event::Writing => bar.set_message("writing"),
        Event::Done => bar.finish_and_clear(),
    }
}
