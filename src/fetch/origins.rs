//! What is known of origins: the robots.txt of each, asked for once.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::Instant;
use url::{Position, Url};

use super::remembered::Remembered;
use super::robots::Robots;

/// How long a robots.txt is believed (RFC 9309 §2.4).
const AGE: Duration = Duration::from_hours(24);

/// How many are kept at hand.
const MOST: usize = 4096;

/// The robots.txt of each origin, by scheme, host and port.
#[derive(Debug)]
pub(super) struct Origins(Remembered<String, Arc<Origin>>);

#[derive(Debug)]
struct Origin {
    since: Instant,
    /// Nothing where it could not be asked for now.
    robots: OnceCell<Option<Arc<Robots>>>,
}

impl Origins {
    /// The robots.txt that `url` falls under. The first to need it asks for it, and the others wait for that.
    pub(super) async fn robots<F>(&self, url: &Url, ask: impl FnOnce() -> F) -> Option<Arc<Robots>>
    where
        F: Future<Output = Option<Robots>>,
    {
        let name = url[..Position::BeforePath].to_owned();
        let fresh = || Arc::new(Origin { since: Instant::now(), robots: OnceCell::new() });
        let mut origin = self.0.get_or(&name, fresh);
        if origin.since.elapsed() > AGE {
            origin = fresh();
            self.0.insert(name, Arc::clone(&origin));
        }
        let shared = move || async move { ask().await.map(Arc::new) };
        origin.robots.get_or_init(shared).await.clone()
    }
}

impl Default for Origins {
    fn default() -> Self {
        Self(Remembered::with_room(MOST))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_robots_txt_is_asked_for_once_an_origin_and_day() {
        let (origins, asked) = (Origins::default(), AtomicUsize::new(0));
        let ask = || async {
            asked.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some(Robots::of(None))
        };
        let [one, other, plain] = ["https://a.example/1", "https://a.example:443/2?q", "http://a.example/1"]
            .map(|url| url.parse::<Url>().unwrap());
        tokio::join!(origins.robots(&one, ask), origins.robots(&other, ask), origins.robots(&plain, ask));
        assert_eq!(asked.load(Ordering::Relaxed), 2);
        tokio::time::sleep(AGE).await;
        origins.robots(&one, ask).await;
        assert_eq!(asked.load(Ordering::Relaxed), 3);
    }
}
