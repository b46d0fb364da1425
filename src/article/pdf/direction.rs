//! The direction that a line of text runs in on the page.

use hayro_interpret::kurbo::{Point, Vec2};

/// How far a line may lean and still count as level: its rise over its length.
const LEAN: f64 = 0.05;

/// Where the next letter of a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Direction {
    /// Above: the page is turned to the left.
    Up,
    /// Below: the page is turned to the right, or its writing runs down.
    Down,
    /// To the left: the page stands on its head.
    Left,
    /// To the right.
    #[default]
    Right,
}

impl Direction {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Up, Self::Down, Self::Left, Self::Right];

    /// The direction of a step from one letter to the next; `None` where it slants. The letters of vertical
    /// writing stand upright and follow one another downwards.
    pub(super) fn of(step: Vec2, vertical: bool) -> Option<Self> {
        let step = if vertical { Vec2::new(-step.y, step.x) } else { step };
        if step.y.abs() <= step.x.abs() * LEAN {
            Some(if step.x < 0.0 { Self::Left } else { Self::Right })
        } else if step.x.abs() <= step.y.abs() * LEAN {
            Some(if step.y < 0.0 { Self::Up } else { Self::Down })
        } else {
            None
        }
    }

    /// Where a point of a page lies once the page is turned so that its lines run to the right: from the left
    /// edge, and from the top.
    pub(super) fn upright(self, point: Point, width: f64, height: f64) -> (f64, f64) {
        match self {
            Self::Right => (point.x, point.y),
            Self::Left => (width - point.x, height - point.y),
            Self::Down => (point.y, width - point.x),
            Self::Up => (height - point.y, point.x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_turned_until_its_lines_run_to_the_right() {
        for (step, vertical, direction) in [
            (Vec2::new(5.0, 0.0), false, Direction::Right),
            (Vec2::new(-5.0, 0.1), false, Direction::Left),
            (Vec2::new(0.0, 5.0), false, Direction::Down),
            (Vec2::new(0.0, -5.0), false, Direction::Up),
            (Vec2::new(5.0, 0.0), true, Direction::Down),
        ] {
            assert_eq!(Direction::of(step, vertical), Some(direction));
            let step = if vertical { Vec2::new(0.0, 5.0) } else { step };
            let (from, to) = (Point::new(50.0, 60.0), Point::new(50.0, 60.0) + step);
            let ((x, y), (next, level)) =
                (direction.upright(from, 100.0, 200.0), direction.upright(to, 100.0, 200.0));
            assert!(next > x && (level - y).abs() < 0.2, "{direction:?}");
        }
        assert_eq!(Direction::of(Vec2::new(3.0, 3.0), false), None);
    }
}
