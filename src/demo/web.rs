//! The server: it accepts connections until it is told to stop.

use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::connection;
use super::site::Site;

/// How long to wait before accepting again when accepting failed, as it does when file descriptors run out.
const BREATHER: Duration = Duration::from_millis(20);

/// Serves `site` on `listener` until `stop` is cancelled, then drops its connections and returns.
///
/// With `tls` the port speaks both: a connection that opens with a TLS handshake is served over TLS, any other in plain.
/// One port so stands in for ports 80 and 443 of every host.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    site: Arc<dyn Site>,
    stop: CancellationToken,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (tls, site, stop) = (tls.clone(), Arc::clone(&site), stop.clone());
                    connections.spawn(async move {
                        stop.run_until_cancelled(connection::converse(stream, tls, site.as_ref())).await;
                    });
                }
                Err(_) => tokio::time::sleep(BREATHER).await,
            },
            // Ended connections are forgotten as they end, or the set would only grow.
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}
