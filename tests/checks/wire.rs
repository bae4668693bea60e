//! Questions and answers as bytes, so that they can cross to another process and back.
//!
//! Numbers are big-endian; text, lists and options carry their length or presence first. What is left over after an
//! answer makes it unreadable.

use messaging_lab::call::ends::Finding;
use messaging_lab::crypto::sealer::{Flaw, Line, Step};
use messaging_lab::envelope::formats::Format;
use messaging_lab::envelope::history::{Decision, Event};
use messaging_lab::ground::ledger::{Onlooker, Witness};
use messaging_lab::store::{Action, Content, Countdown, Timer};

/// Plain data that can be written as bytes and read back.
pub trait Wire: Sized {
    /// Appends the bytes to `out`.
    fn put(&self, out: &mut Vec<u8>);
    /// Takes the bytes off the front of `input`; `None` if they are not there.
    fn take(input: &mut &[u8]) -> Option<Self>;
}

/// The bytes of `value`.
pub fn to_bytes(value: &impl Wire) -> Vec<u8> {
    let mut out = Vec::new();
    value.put(&mut out);
    out
}

/// The value in `bytes`, if they are one and nothing else.
pub fn from_bytes<T: Wire>(mut bytes: &[u8]) -> Option<T> {
    let value = T::take(&mut bytes)?;
    bytes.is_empty().then_some(value)
}

/// Reads the question, calls the function, writes the answer. What `tests/answers` is made of.
pub fn reply<Q: Wire, A: Wire>(question: &[u8], function: impl FnOnce(Q) -> A) -> Option<Vec<u8>> {
    from_bytes(question).map(|question| to_bytes(&function(question)))
}

/// The next `length` bytes.
fn split<'a>(input: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (front, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(front)
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Wire for $number {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }
            fn take(input: &mut &[u8]) -> Option<Self> {
                let bytes = split(input, size_of::<$number>())?;
                bytes.try_into().ok().map(<$number>::from_be_bytes)
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, f64);

impl Wire for usize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u64).put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        u64::take(input)?.try_into().ok()
    }
}

impl Wire for () {
    fn put(&self, _: &mut Vec<u8>) {}
    fn take(_: &mut &[u8]) -> Option<Self> {
        Some(())
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match u8::take(input)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Wire for char {
    fn put(&self, out: &mut Vec<u8>) {
        u32::from(*self).put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        char::from_u32(u32::take(input)?)
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let length = u32::take(input)? as usize;
        String::from_utf8(split(input, length)?.to_vec()).ok()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        for item in self {
            item.put(out);
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        // Nothing is reserved on the word of the length: a list grows only as its items arrive.
        let mut items = Vec::new();
        for _ in 0..u32::take(input)? {
            items.push(T::take(input)?);
        }
        Some(items)
    }
}

impl<T: Wire, const N: usize> Wire for [T; N] {
    fn put(&self, out: &mut Vec<u8>) {
        for item in self {
            item.put(out);
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let mut items = Vec::with_capacity(N);
        for _ in 0..N {
            items.push(T::take(input)?);
        }
        items.try_into().ok()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match bool::take(input)? {
            true => T::take(input).map(Some),
            false => Some(None),
        }
    }
}

impl<T: Wire, E: Wire> Wire for Result<T, E> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_ok().put(out);
        match self {
            Ok(value) => value.put(out),
            Err(error) => error.put(out),
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match bool::take(input)? {
            true => T::take(input).map(Ok),
            false => E::take(input).map(Err),
        }
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),+)),+) => {$(
        impl<$($name: Wire),+> Wire for ($($name,)+) {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$index.put(out);)+
            }
            fn take(input: &mut &[u8]) -> Option<Self> {
                Some(($($name::take(input)?,)+))
            }
        }
    )+};
}

tuples!((A 0), (A 0, B 1), (A 0, B 1, C 2), (A 0, B 1, C 2, D 3), (A 0, B 1, C 2, D 3, E 4));

impl Wire for Onlooker {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        Onlooker::ALL.get(usize::from(u8::take(input)?)).copied()
    }
}

impl Wire for Witness {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Witness::Nobody => None,
            Witness::Holds(onlooker, second) => Some((*onlooker, *second)),
        }
        .put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        Some(match <Option<(Onlooker, u64)> as Wire>::take(input)? {
            None => Witness::Nobody,
            Some((onlooker, second)) => Witness::Holds(onlooker, second),
        })
    }
}

impl Wire for Timer {
    fn put(&self, out: &mut Vec<u8>) {
        match *self {
            Timer::Off => (0_u8, 0),
            Timer::AfterRead(length) => (1, length),
            Timer::AfterSend(length) => (2, length),
        }
        .put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match <(u8, u64)>::take(input)? {
            (0, 0) => Some(Timer::Off),
            (1, length) => Some(Timer::AfterRead(length)),
            (2, length) => Some(Timer::AfterSend(length)),
            _ => None,
        }
    }
}

impl Wire for Content {
    fn put(&self, out: &mut Vec<u8>) {
        match *self {
            Content::Text => None,
            Content::Media { duration } => Some(duration),
        }
        .put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        Some(match <Option<u64> as Wire>::take(input)? {
            None => Content::Text,
            Some(duration) => Content::Media { duration },
        })
    }
}

impl Wire for Action {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Action::SetTimer(timer) => {
                out.push(0);
                timer.put(out);
            }
            Action::Receive { text, timer } => {
                out.push(1);
                text.put(out);
                timer.put(out);
            }
            Action::Read(number) => {
                out.push(2);
                number.put(out);
            }
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        Some(match u8::take(input)? {
            0 => Action::SetTimer(Timer::take(input)?),
            1 => Action::Receive {
                text: String::take(input)?,
                timer: Wire::take(input)?,
            },
            2 => Action::Read(usize::take(input)?),
            _ => return None,
        })
    }
}

impl Wire for Countdown {
    fn put(&self, out: &mut Vec<u8>) {
        match *self {
            Countdown::Waiting => (0_u8, 0),
            Countdown::Left(seconds) => (1, seconds),
            Countdown::Gone => (2, 0),
        }
        .put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match <(u8, u64)>::take(input)? {
            (0, 0) => Some(Countdown::Waiting),
            (1, seconds) => Some(Countdown::Left(seconds)),
            (2, 0) => Some(Countdown::Gone),
            _ => None,
        }
    }
}

impl Wire for Step {
    fn put(&self, out: &mut Vec<u8>) {
        match *self {
            Step::Save(number) => (0_u8, number),
            Step::Send(number) => (1, number),
        }
        .put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match <(u8, u64)>::take(input)? {
            (0, number) => Some(Step::Save(number)),
            (1, number) => Some(Step::Send(number)),
            _ => None,
        }
    }
}

impl Wire for Flaw {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        Flaw::ALL.get(usize::from(u8::take(input)?)).copied()
    }
}

impl Wire for Line {
    fn put(&self, out: &mut Vec<u8>) {
        match self.clone() {
            Line::Sealed {
                nonce,
                header,
                text,
                sealed,
            } => (true, nonce, header, sealed, Some(text)),
            Line::Opened {
                nonce,
                header,
                sealed,
                text,
            } => (false, nonce, header, sealed, text),
        }
        .put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match Wire::take(input)? {
            (true, nonce, header, sealed, Some(text)) => Some(Line::Sealed {
                nonce,
                header,
                text,
                sealed,
            }),
            (false, nonce, header, sealed, text) => Some(Line::Opened {
                nonce,
                header,
                sealed,
                text,
            }),
            _ => None,
        }
    }
}

impl Wire for Format {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        Format::ALL.get(usize::from(u8::take(input)?)).copied()
    }
}

impl Wire for Decision {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let all = [Decision::Send, Decision::Warn, Decision::Hold];
        all.get(usize::from(u8::take(input)?)).copied()
    }
}

impl Wire for Event {
    fn put(&self, out: &mut Vec<u8>) {
        match *self {
            Event::KeyShown(key) => (0_u8, u64::from(key)),
            Event::Compared => (1, 0),
            Event::Written => (2, 0),
            Event::Delivered(number) => (3, number as u64),
        }
        .put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match <(u8, u64)>::take(input)? {
            (0, key) => key.try_into().ok().map(Event::KeyShown),
            (1, 0) => Some(Event::Compared),
            (2, 0) => Some(Event::Written),
            (3, number) => number.try_into().ok().map(Event::Delivered),
            _ => None,
        }
    }
}

impl Wire for Finding {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        Finding::ALL.get(usize::from(u8::take(input)?)).copied()
    }
}
