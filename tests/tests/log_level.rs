//! `log`: the level at which an error is logged.

use errorbook::ApiError;
use errorbook::spec::Level;

#[test]
fn a_server_error_is_logged_as_an_error_and_a_client_error_for_debugging() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "…")]
        First,
        #[api(status = 499, message = "…")]
        LastOfTheClient,
        #[api(status = 500)]
        FirstOfTheServer,
        #[api(status = 599)]
        Last,
        #[api(status = none, message = "…")]
        Failed,
    }
    let levels = [Error::First, Error::LastOfTheClient, Error::FirstOfTheServer, Error::Last, Error::Failed]
        .map(|error| error.spec().log());
    assert_eq!(levels, [Level::Debug, Level::Debug, Level::Error, Level::Error, Level::Error]);
}

#[test]
fn each_level_can_be_asked_for() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 404, message = "…", log = "error")]
        Loud,
        #[api(status = 500, log = "warn")]
        Warned,
        #[api(status = 500, log = "info")]
        Told,
        #[api(status = 500, log = "debug")]
        Debugged,
        #[api(status = 404, message = "…", log = "trace")]
        Traced,
        #[api(status = 500, log = "off")]
        Silent,
    }
    let levels = [Error::Loud, Error::Warned, Error::Told, Error::Debugged, Error::Traced, Error::Silent]
        .map(|error| error.spec().log());
    let expected = [Level::Error, Level::Warn, Level::Info, Level::Debug, Level::Trace, Level::Off];
    assert_eq!(levels, expected);
}
