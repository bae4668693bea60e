//! Lesson 09, keys: from s0 to the words' hash and a key and a salt for each direction.

use messaging_lab::call::frame::{FrameKeys, Header};
use messaging_lab::call::key_schedule::SessionKeys;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::secret::Secret;

use super::{array, short, wrong};

/// s0, and the context.
pub type From = ([u8; 32], [u8; 56]);

/// Key and salt.
pub type Direction = ([u8; 32], [u8; 12]);

/// The hash for the words, what the initiator sends under, what the responder sends under.
pub type Derived = ([u8; 32], Direction, Direction);

fn right((s0, context): &From) -> Derived {
    let keys = SessionKeys::derive(&Secret::new(*s0), context);
    let [initiator, responder] = [&keys.initiator, &keys.responder]
        .map(|direction| (*direction.master_key.expose(), *direction.master_salt.expose()));
    (keys.sas_hash, initiator, responder)
}

/// Whether a frame that is sealed under the one direction opens under the other.
fn comes_back(sends: &Direction, receives: &Direction) -> bool {
    let header = Header {
        payload_type: 0,
        seq: 1,
        timestamp: 160,
        ssrc: 1,
    };
    let frame = FrameKeys::new(sends.0, sends.1).seal(&header, 1, b"yes");
    frame.is_ok_and(|frame| FrameKeys::new(receives.0, receives.1).open(1, &frame).is_ok())
}

/// The words' hash and the keys of both directions.
pub fn keys(student: impl Student<From, Derived>) -> Verdict {
    Exam::new("handshake/keys", wrong::keys())
        .case("bytes that count", (std::array::from_fn(|at| at as u8), [9; 56]))
        .case("zeros", ([0; 32], [0; 56]))
        .seeded(10, |random| (array(random), array(random)))
        .shows(|(sas, initiator, responder)| {
            format!(
                "words {}, initiator {} {}, responder {} {}",
                short(sas),
                short(&initiator.0),
                short(&initiator.1),
                short(&responder.0),
                short(&responder.1)
            )
        })
        .judge(
            student,
            |(s0, context)| format!("s0 {}, context {}: the keys?", short(s0), short(context)),
            |from, got| {
                let wanted = right(from);
                if *got == wanted {
                    return Ok(());
                }
                let (sas, initiator, responder) = &wanted;
                let fault = |name: &str, bytes: &[u8], why| Err(Fault::new(format!("{name} {}", short(bytes)), why));
                if comes_back(&got.1, &got.2) {
                    return fault(
                        "another key for the responder:",
                        &responder.0,
                        "a frame that the initiator sent opens under what he receives with: a tap can send it back \
                         to him, and he hears his own words as the other's",
                    );
                }
                if (&got.1, &got.2) == (responder, initiator) {
                    return fault(
                        "for the initiator",
                        &initiator.0,
                        "the directions are exchanged: a phone that keeps to the names opens nothing of yours",
                    );
                }
                if got.0 != *sas {
                    return fault(
                        "for the words",
                        sas,
                        "the two screens show different words though nobody is in the path",
                    );
                }
                let parts: [(&str, &[u8], &[u8]); 4] = [
                    ("the initiator's key", &got.1.0, &initiator.0),
                    ("the initiator's salt", &got.1.1, &initiator.1),
                    ("the responder's key", &got.2.0, &responder.0),
                    ("the responder's salt", &got.2.1, &responder.1),
                ];
                for (name, got, wanted) in parts {
                    if got != wanted {
                        return fault(name, wanted, "the other phone derives another one: no frame of that direction opens");
                    }
                }
                Ok(())
            },
        )
}
