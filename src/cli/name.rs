//! Who decides: the name that goes into the ledger.

use super::context::Context;
use super::error::CliError;

/// The name that was given, or else that of the user.
pub(super) fn who(given: Option<&str>, context: &Context) -> Result<String, CliError> {
    let user = ["USER", "LOGNAME"].iter().find_map(|name| context.variables.get(*name));
    let name = given.or(user.map(String::as_str)).map(str::trim).filter(|name| !name.is_empty());
    name.map(str::to_owned)
        .ok_or_else(|| CliError::new("nobody knows who you are").hint("give your name with --by NAME"))
}
