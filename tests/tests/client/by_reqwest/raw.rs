//! A service on a bare socket, for what no server of HTTP does of itself: to break off, to hang, to talk without end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it does to a connection on which a request came.
#[derive(Clone, Copy)]
pub(crate) enum Act {
    /// Says this and closes.
    Say(&'static str),
    /// Says this and then nothing any more.
    SayAndHang(&'static str),
    /// Says this, and then the same 1000 bytes until nobody listens.
    SayWithoutEnd(&'static str),
    Close,
}

#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) address: SocketAddr,
    requests: Arc<AtomicUsize>,
    said: Arc<AtomicUsize>,
}

impl Raw {
    /// A service that treats its connections so, one after the other, and the last of them again and again.
    pub(crate) async fn new(acts: &'static [Act]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let (requests, said) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let raw = Self { address, requests, said };
        let counts = raw.clone();
        tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.expect("somebody connects");
                tokio::spawn(counts.clone().serve(connection, acts));
            }
        });
        raw
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// How many bytes it got rid of without end.
    pub(crate) fn said(&self) -> usize {
        self.said.load(Ordering::Relaxed)
    }

    async fn serve(self, mut connection: TcpStream, acts: &[Act]) {
        let mut head = Vec::new();
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            match connection.read_buf(&mut head).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
        let nth = self.requests.fetch_add(1, Ordering::Relaxed);
        match acts[nth.min(acts.len() - 1)] {
            Act::Close => {}
            Act::Say(text) => drop(connection.write_all(text.as_bytes()).await),
            Act::SayAndHang(text) => {
                let _ = connection.write_all(text.as_bytes()).await;
                std::future::pending::<()>().await;
            }
            Act::SayWithoutEnd(text) => {
                let _ = connection.write_all(text.as_bytes()).await;
                while let Ok(sent) = connection.write(&[b'x'; 1000]).await {
                    self.said.fetch_add(sent, Ordering::Relaxed);
                }
            }
        }
    }
}
