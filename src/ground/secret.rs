//! Secret bytes: not copied, not printed, compared without an early exit, wiped when dropped.
//!
//! Wiping has limits that safe Rust cannot lift. The array is overwritten where it stands; copies that the compiler left
//! in registers or on the stack, pages that the system swapped out and crash dumps are not.

use std::fmt;
use std::hint::black_box;

use super::randomness::{Randomness, RandomnessError};

/// `N` secret bytes in one place on the heap, so that moving the value copies a pointer and not the bytes.
///
/// There is no `Clone`, and `Debug` says that the bytes are omitted: logs are where secrets most often leak.
///
/// ```
/// use messaging_lab::ground::secret::Secret;
/// let key = Secret::new([7; 32]);
/// assert_eq!(format!("{key:?}"), "Secret<32>(omitted)");
/// ```
pub struct Secret<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// Moves `bytes` to the heap. The caller's own copy is the caller's to forget: [`Secret::random`] leaves none.
    pub fn new(bytes: [u8; N]) -> Self {
        Secret(Box::new(bytes))
    }

    /// `N` bytes drawn in place.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn random(randomness: &mut (impl Randomness + ?Sized)) -> Result<Self, RandomnessError> {
        let mut bytes = Box::new([0; N]);
        randomness.fill(&mut bytes[..])?;
        Ok(Secret(bytes))
    }

    /// The bytes themselves, for a computation. The name is long enough to be found in a review.
    pub fn expose(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        wipe(&mut self.0[..]);
    }
}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret<{N}>(omitted)")
    }
}

impl<const N: usize> PartialEq for Secret<N> {
    fn eq(&self, other: &Self) -> bool {
        equal(&self.0[..], &other.0[..])
    }
}

impl<const N: usize> Eq for Secret<N> {}

/// `a == b`, looking at every byte whatever the first ones say. Only the lengths may be learned from the time it takes.
///
/// `difference = (a[0] ^ b[0]) | (a[1] ^ b[1]) | ...`, equal when it is 0.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let difference = a.iter().zip(b).fold(0, |seen, (x, y)| seen | (x ^ y));
    // Hidden from the optimiser, which could otherwise stop at the first difference.
    black_box(difference) == 0
}

/// Overwrites `values` with zeros in a way that the optimiser does not remove. Bytes, words and limbs alike.
pub fn wipe<T: Copy + Default>(values: &mut [T]) {
    values.fill(T::default());
    // A store that nobody reads is dropped from an optimised build; `black_box` counts as a reader.
    black_box(&*values);
}
