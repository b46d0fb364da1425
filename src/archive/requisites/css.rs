//! The requisites that a stylesheet names: `@import`, and `url()` and its like (CSS Syntax 3, CSS Values 4).

use cssparser::{ParseError, Parser, Token};
use url::Url;

use super::need::{Need, Needs, Rank};

/// Blocks that lie deeper than this are passed over: no stylesheet has them, and each costs stack.
const DEEPEST: u32 = 24;

/// What the stylesheet `css` from `base` needs, the most needed first.
pub fn of_css(base: &Url, css: &str) -> Vec<Need> {
    let mut needs = Needs::default();
    collect(base, css, &mut needs);
    needs.finish()
}

/// Adds what `css`, a stylesheet or the declarations of a `style` attribute, needs.
pub(super) fn collect(base: &Url, css: &str, needs: &mut Needs) {
    walk(&mut Parser::new(css), Context::Sheet, 0, &mut |rank, address| {
        needs.add(Need::new(rank, base, address));
    });
}

/// What the tokens at hand belong to.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    /// Rules and declarations: a string is only text.
    Sheet,
    /// The rest of an `@import` rule: a string is an address.
    Import,
    /// The rest of a rule that names things which are not fetched.
    Namespace,
    /// The arguments of `url()`, `src()`, `image()` or `image-set()`: a string is an address.
    Address(Rank),
}

impl Context {
    fn rank(self) -> Rank {
        match self {
            Self::Import => Rank::Stylesheet,
            Self::Address(rank) => rank,
            Self::Sheet | Self::Namespace => Rank::Decoration,
        }
    }

    fn takes_strings(self) -> bool {
        matches!(self, Self::Import | Self::Address(_))
    }
}

fn walk(parser: &mut Parser<'_>, outer: Context, depth: u32, found: &mut dyn FnMut(Rank, &str)) {
    let mut context = outer;
    while let Ok(token) = parser.next().cloned() {
        let inner = match &token {
            Token::UnquotedUrl(address) => {
                tell(context, address, found);
                context = after_address(context, outer);
                continue;
            }
            Token::QuotedString(address) => {
                if context.takes_strings() {
                    tell(context, address, found);
                    context = after_address(context, outer);
                }
                continue;
            }
            Token::AtKeyword(name) => {
                context = match () {
                    () if name.eq_ignore_ascii_case("import") => Context::Import,
                    () if name.eq_ignore_ascii_case("namespace") => Context::Namespace,
                    () => outer,
                };
                continue;
            }
            Token::Semicolon => {
                context = outer;
                continue;
            }
            Token::Function(name) if is_address(name) && context != Context::Namespace => {
                Context::Address(context.rank())
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock => match context {
                // `layer(…)` and `supports(…)` of an import, `type(…)` of an image set: no addresses in them.
                Context::Import | Context::Address(_) => Context::Sheet,
                other => other,
            },
            Token::CurlyBracketBlock => {
                context = outer;
                Context::Sheet
            }
            _ => continue,
        };
        if depth < DEEPEST {
            // The walk itself never fails, whatever the text; what it leaves is skipped by the parser.
            let _walked: Result<(), ParseError<()>> = parser.parse_nested_block(|nested| {
                walk(nested, inner, depth + 1, found);
                Ok(())
            });
            if matches!(inner, Context::Address(_)) {
                context = after_address(context, outer);
            }
        }
    }
}

/// Media queries and layers follow the address of an import.
fn after_address(context: Context, outer: Context) -> Context {
    if context == Context::Import { outer } else { context }
}

fn tell(context: Context, address: &str, found: &mut dyn FnMut(Rank, &str)) {
    if context != Context::Namespace {
        found(context.rank(), address);
    }
}

fn is_address(function: &str) -> bool {
    ["url", "src", "image", "image-set", "-webkit-image-set"]
        .iter()
        .any(|name| function.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(css: &str) -> Vec<(String, bool)> {
        let base = Url::parse("https://example.org/css/site.css").unwrap();
        let needs = of_css(&base, css).into_iter();
        needs.map(|need| (need.url.path().to_owned(), need.is_stylesheet())).collect()
    }

    #[test]
    fn imports_come_first_and_addresses_follow_in_every_form() {
        let css = r#"
            @charset "no.css"; @namespace svg url(http://www.w3.org/2000/svg);
            @import "one.css"; @import url(two.css) layer(base) screen; @IMPORT url("three.css") supports(display: grid);
            @font-face { font-family: "Text"; src: local("Text"), url(f.woff2) format("woff2"), url('f.woff') }
            @media print { .a { background: url( "a.png" ) no-repeat, URL(b.png) } }
            .c::after { content: "no.png"; background-image: image-set("c.png" 1x type("image/png"), url(c2.png) 2x) }
            .d { cursor: \75rl(d.cur); background: url(data:image/png;base64,AAAA); filter: url(#local) }
            /* url(no.png) */ .e { mask: url(e\.svg#part) }
        "#;
        let expected = [
            ("/css/one.css", true),
            ("/css/two.css", true),
            ("/css/three.css", true),
            ("/css/f.woff2", false),
            ("/css/f.woff", false),
            ("/css/a.png", false),
            ("/css/b.png", false),
            ("/css/c.png", false),
            ("/css/c2.png", false),
            ("/css/d.cur", false),
            ("/css/e.svg", false),
        ];
        assert_eq!(found(css), expected.map(|(path, sheet)| (path.to_owned(), sheet)));
    }

    #[test]
    fn deep_nesting_neither_overflows_nor_hides_what_follows() {
        let css = format!(
            "{} url(deep.png) {} .a {{ background: url(a.png) }}",
            "(".repeat(100_000),
            ")".repeat(100_000)
        );
        assert_eq!(found(&css), [("/css/a.png".to_owned(), false)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn no_text_makes_it_panic(css in "[@(){};:'\"\\\\/*a-c url\\[\\]-]{0,200}") {
            found(&css);
        }
    }
}
