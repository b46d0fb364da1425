//! Alarms as the input of a program.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::message::Message;
use super::not_taken::NotTaken;

/// How long the program may take.
const LIMIT: Duration = Duration::from_mins(1);
/// How often it is looked whether it has ended.
const PACE: Duration = Duration::from_millis(20);

/// Runs `command` with the alarms as JSON on its standard input. It took them if it ends with 0 within a minute.
pub(super) async fn run(command: &[String], message: &Message<'_>) -> Result<(), NotTaken> {
    let json = message.json().map_err(|error| NotTaken::for_good(error.to_string()))?;
    let command = command.to_vec();
    let ended = tokio::task::spawn_blocking(move || feed(&command, json)).await;
    ended.unwrap_or_else(|_| Err(NotTaken::for_good("the thread that ran it stopped early")))
}

fn feed(command: &[String], json: Vec<u8>) -> Result<(), NotTaken> {
    let (program, arguments) =
        command.split_first().ok_or_else(|| NotTaken::for_good("no program is named"))?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| NotTaken::for_good(format!("{program} cannot be run: {error}")))?;
    if let Some(mut input) = child.stdin.take() {
        // One that never reads must not hold us up; one that does not want to know all of it may.
        thread::spawn(move || drop(input.write_all(&json)));
    }
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(NotTaken::for_good(format!("{program} ended with {status}"))),
            Ok(None) if begun.elapsed() < LIMIT => thread::sleep(PACE),
            Ok(None) => {
                drop(child.kill());
                drop(child.wait());
                return Err(NotTaken::for_good(format!("{program} took longer than a minute")));
            }
            Err(error) => return Err(NotTaken::for_good(format!("{program} cannot be waited for: {error}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::alarm;
    use super::*;

    async fn run_shell(script: &str) -> Result<(), NotTaken> {
        let alarms = [alarm(7)];
        run(&["sh".into(), "-c".into(), script.into()], &Message { alarms: &alarms }).await
    }

    #[tokio::test]
    async fn a_program_gets_the_alarms_as_json() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alarms.json");
        run_shell(&format!("cat > '{}'", path.display())).await.unwrap();
        let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!(json["schema"], "beleg.alarms/1");
        assert_eq!(
            (&json["alarms"][0]["id"], &json["key"]),
            (&"0000000000000007".into(), &"0000000000000007".into())
        );
        assert_eq!(json["alarms"][0]["kind"], "figure_changed");
    }

    #[tokio::test]
    async fn a_program_that_fails_or_is_not_there_has_not_taken_them() {
        assert!(run_shell("exit 3").await.unwrap_err().why.contains('3'));
        run_shell("exit 0").await.unwrap();
        let alarms = [alarm(7)];
        let missing = run(&["/nowhere/at/all".into()], &Message { alarms: &alarms }).await.unwrap_err();
        assert!(missing.why.contains("/nowhere/at/all"));
    }
}
