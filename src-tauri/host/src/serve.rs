//! The host: what it holds, its routes, and how it starts and ends.

use std::io::Write;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, http::Method};
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use unionbook_core::desk::{Desk, Place};
use unionbook_core::error::{Error, Refusal, Result, file_error};
use unionbook_core::store::Now;

use crate::args::Args;
use crate::browser;
use crate::exchange::{self, Exchange};
use crate::gate::{Gate, Kept};
use crate::pages::{self, Screens};
use crate::reply::Refused;
use crate::rpc::{apart, close, rpc};

/// The most bytes of one call; files go by `/upload`.
const LARGEST_CALL: usize = 64 << 20;
/// The most threads that calls wait on.
const CALLS: usize = 24;
/// How often is looked whether somebody came.
const LOOK: Duration = Duration::from_secs(5);
/// The rights of the pages, the same as in the window: their own files and calls, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the host holds.
pub struct Host {
    /// The desk.
    pub desk: Desk,
    /// The files between browser and desk.
    pub exchange: Exchange,
    /// The screens.
    pub screens: Screens,
    gate: Gate,
    /// When somebody came last, in unix seconds.
    seen: AtomicI64,
}

/// Serves until it is told to end.
pub fn serve(args: &Args) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(CALLS).enable_all().build();
    let runtime = runtime.map_err(|source| unstarted(&source))?;
    runtime.block_on(run(args))
}

async fn run(args: &Args) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).await.map_err(|source| unstarted(&source))?;
    let port = listener.local_addr().map_err(|source| unstarted(&source))?.port();
    let host = Arc::new(Host {
        desk: Desk::new(Place::shipped(Arc::new(now))?),
        exchange: Exchange::new()?,
        screens: Screens::new(args.ui.clone()),
        gate: Gate::new(port, args.origin.clone())?,
        seen: AtomicI64::new(now().at),
    });
    if let (Some(office), Some(file)) = (&args.office, &args.password_file) {
        let payload = json!({ "path": office, "password": first_line(file)? });
        let desk = Arc::clone(&host);
        apart(move || desk.desk.rpc("desk.open", payload, None)).await?;
    }
    let link = host.gate.start_link();
    // Whoever started the host reads the link from this line.
    let _ = writeln!(std::io::stdout(), "{link}").and_then(|()| std::io::stdout().flush());
    if args.open {
        browser::open(&link);
    }
    let end = ended(Arc::clone(&host), args.idle);
    let served = axum::serve(listener, routes(Arc::clone(&host))).with_graceful_shutdown(end).await;
    close(host).await;
    served.map_err(|source| unstarted(&source))
}

fn routes(host: Arc<Host>) -> Router {
    Router::new()
        .route("/rpc", post(rpc).layer(DefaultBodyLimit::max(LARGEST_CALL)))
        .route("/upload", post(exchange::upload))
        .route("/place", post(exchange::place))
        .route("/used", post(exchange::used))
        .route("/download", get(exchange::download))
        .route("/alive", get(async || StatusCode::NO_CONTENT))
        .fallback(get(pages::page))
        .layer(from_fn_with_state(Arc::clone(&host), door))
        .with_state(host)
}

#[derive(Deserialize)]
struct Start {
    once: Option<String>,
}

/// Lets in who may come in, and dresses every answer.
async fn door(State(host): State<Arc<Host>>, Query(start): Query<Start>, request: Request, next: Next) -> Response {
    let for_people = request.method() == Method::GET && request.uri().path() != "/download";
    let mut answer = match entrance(&host, start, &request) {
        Ok(None) => next.run(request).await,
        Ok(Some(cookie)) => (StatusCode::SEE_OTHER, [(header::LOCATION, "/".to_owned()), (header::SET_COOKIE, cookie)]).into_response(),
        Err(kept) if for_people => Refused::from(kept).page(),
        Err(kept) => Refused::from(kept).into_response(),
    };
    dress(&mut answer);
    answer
}

/// Asks for the session, or for the start link in its place; gives the cookie that spending the link earns.
fn entrance(host: &Host, start: Start, request: &Request) -> Result<Option<String>, Kept> {
    host.gate.known(request.method(), request.headers())?;
    let path = request.uri().path();
    let once = start.once.filter(|_| request.method() == Method::GET && (path == "/" || path == "/enter"));
    if let Some(cookie) = once.and_then(|once| host.gate.spend(&once)) {
        return Ok(Some(cookie));
    }
    host.gate.session(request.headers())?;
    host.seen.store(now().at, Ordering::Relaxed);
    Ok(None)
}

fn dress(answer: &mut Response) {
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// Waits for the system's word to end, or for so many minutes without a visit; locks meanwhile what is left open.
async fn ended(host: Arc<Host>, idle: u64) {
    let quiet = async {
        let limit = i64::try_from(idle * 60).unwrap_or(i64::MAX);
        while idle == 0 || now().at - host.seen.load(Ordering::Relaxed) < limit {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        () = told_to_end() => (),
        () = quiet => (),
        () = lock_when_quiet(Arc::clone(&host)) => (),
    }
}

/// Closes the office file wherever no request came for as long as the pages wait before they lock: a page that was closed or that
/// crashed locks nothing any more. An open page asks every minute.
async fn lock_when_quiet(host: Arc<Host>) {
    let mut locked = None;
    loop {
        tokio::time::sleep(LOOK).await;
        let seen = host.seen.load(Ordering::Relaxed);
        let quiet = Duration::from_secs(u64::try_from(now().at - seen).unwrap_or_default());
        if locked != Some(seen) && host.desk.locks_after().is_some_and(|after| quiet >= after) {
            close(Arc::clone(&host)).await;
            locked = Some(seen);
        }
    }
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => (),
                _ = tokio::signal::ctrl_c() => (),
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    drop(tokio::signal::ctrl_c().await);
}

fn now() -> Now {
    Now::of(chrono::Local::now())
}

fn first_line(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).map_err(|source| file_error(path, "读取密码文件", &source))?;
    Ok(text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned())
}

fn unstarted(source: &std::io::Error) -> Error {
    let message = format!("不能在本机启动（{source}）。");
    Error::File(Refusal::new(message, "如果指定了端口，请换一个；否则请重启电脑后重试。"))
}
