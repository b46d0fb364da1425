//! What the commands print, word for word, as sessions in `tests/cmd`.

#[test]
fn the_sessions_go_as_they_are_written() {
    let home = tempfile::tempdir().unwrap();
    trycmd::TestCases::new()
        .env("XDG_CONFIG_HOME", home.path().to_string_lossy())
        .case("tests/cmd/*.trycmd")
        .run();
}
