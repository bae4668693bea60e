//! The ciphers and hashes.
