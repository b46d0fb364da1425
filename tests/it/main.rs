//! Integration tests: the stages together, against a stand-in web on loopback.
