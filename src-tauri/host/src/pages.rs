//! The screens: built files from a folder or from the program itself.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::reply::plain;
use crate::serve::Host;

/// The built screens that the program holds; none without the feature `embedded`.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/screens.rs"));

/// Where the screens come from.
pub struct Screens(Option<PathBuf>);

impl Screens {
    /// From a folder, or from the program itself where none is given.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    async fn file(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match &self.0 {
            None => EMBEDDED.iter().find(|(known, _)| *known == name).map(|(_, bytes)| Cow::Borrowed(*bytes)),
            Some(folder) => {
                let below = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
                let path = below.then(|| folder.join(name))?;
                tokio::fs::read(path).await.ok().map(Cow::Owned)
            }
        }
    }
}

/// `GET /...`: a built file, or the start page for the addresses that the screens make up themselves.
pub async fn page(State(host): State<Arc<Host>>, uri: Uri) -> Response {
    let name = uri.path().trim_start_matches('/');
    if let Some(bytes) = host.screens.file(name).await.filter(|_| !name.is_empty()) {
        return found(name, bytes);
    }
    // What has an ending is a file that is not there; the rest are places within the screens.
    if name.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match host.screens.file("index.html").await {
        Some(bytes) => found("index.html", bytes),
        None => {
            plain(StatusCode::NOT_FOUND, "gone", "界面文件还没有构建。", "请在 ui 文件夹里运行 npm ci 和 npm run build，再刷新。").page()
        }
    }
}

fn found(name: &str, bytes: Cow<'static, [u8]>) -> Response {
    // Files under assets/ carry a digest of their content in the name.
    let keep = if name.starts_with("assets/") { "private, max-age=31536000, immutable" } else { "no-store" };
    ([(header::CONTENT_TYPE, kind(name)), (header::CACHE_CONTROL, keep)], bytes.into_owned()).into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
