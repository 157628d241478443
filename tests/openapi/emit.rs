//! Writes the documents that other tools are held to: one for each reference API in each version of OpenAPI, and that of the
//! story example, whose paths are written by hand. Takes a directory.

use std::error::Error;
use std::fs;
use std::path::Path;

use errorbook::book::Contract;
use errorbook::book::openapi::{OpenApi, Version};
use errorbook::{ApiError, Catalog, catalog};
use errorbook_tests::apis::{AuthError, BillingError, StoryError};
use errorbook_tests::contracts;
use serde_json::Value;

/// What the layer of the story example answers.
#[derive(ApiError)]
#[allow(dead_code, reason = "only what is declared of it is of use")]
enum LayerError {
    /// The path is there, but not with this method.
    #[api(status = 405, message = "Method Not Allowed")]
    MethodNotAllowed,
    /// A handler panicked.
    #[api(status = 500, message = "Internal Server Error")]
    InternalError,
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let directory = std::env::args().nth(1).ok_or("say where to write to")?;
    let directory = Path::new(&directory);
    fs::create_dir_all(directory)?;
    for (name, contract) in contracts::all() {
        for (suffix, version) in [("", Version::V3_1), ("-3.2", Version::V3_2)] {
            let document = OpenApi::new(&contract).version(version).to_json();
            fs::write(directory.join(format!("{name}-errors{suffix}.json")), document)?;
        }
    }
    let now = Operations {
        all: StoryError::catalog(),
        create: catalog!(StoryError: InvalidRequest, RateLimitExceeded, AuthError::*, BillingError::*, LayerError::*),
        show: catalog!(
            StoryError: InvalidId, NotFound, CorruptCacheEntry, ServerMisconfigured, RateLimitExceeded,
            AuthError::*, LayerError::*
        ),
    };
    write(&directory.join("story.json"), &now)?;
    // As it was before there was the code `invalid_api_key`: to a client that was made from it the code is new.
    let before = Operations {
        all: catalog!(
            StoryError: InvalidRequest, InvalidId, NotFound, Failed, CorruptCacheEntry, RateLimitExceeded,
            ServerMisconfigured, AuthError::MissingApiKey, BillingError::*
        ),
        create: catalog!(StoryError: InvalidRequest, RateLimitExceeded, AuthError::MissingApiKey, BillingError::*),
        show: catalog!(StoryError: InvalidId, NotFound, RateLimitExceeded, AuthError::MissingApiKey),
    };
    write(&directory.join("story-before.json"), &before)
}

/// The errors of the story example, and what its operations can answer with.
struct Operations {
    all: &'static Catalog,
    create: &'static Catalog,
    show: &'static Catalog,
}

fn write(file: &Path, operations: &Operations) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut document: Value = serde_json::from_str(include_str!("story.json"))?;
    let contract = Contract::builder("Story API")
        .catalog(operations.all)
        .middleware(LayerError::catalog().entries())
        .request_id_header("X-Request-Id")
        .build();
    let errors = OpenApi::new(&contract);
    errors.merge_into(&mut document)?;
    errors.merge_into_operation(&mut document, "POST /v1/stories", operations.create)?;
    errors.merge_into_operation(&mut document, "GET /v1/stories/{id}", operations.show)?;
    errors.merge_into_operation(&mut document, "GET /v1/tell", LayerError::catalog())?;
    fs::write(file, format!("{document:#}\n"))?;
    Ok(())
}
