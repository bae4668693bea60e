//! Model 3: the call that two phones agree on in public, as in Silent Phone: ZRTP (RFC 6189) and SRTP (RFC 3711).
//!
//! The promise under test is "without the possibility of a tap". Two phones that share nothing agree on keys over a path that
//! anybody may sit on. What tells their owners that nobody agreed in between is two words that each must hear from the other.
//!
//! ```text
//! initiator                          whoever sits on the path                           responder
//!     | Hello: H3, ZID, algorithms  ----------------------------------------------->       |
//!     |       <-----------------------------------------------  Hello: H3, ZID, algorithms |
//!     | HelloACK  ------------------>                              <------------  HelloACK |
//!     |                                                                                    |
//!     | Commit: H2, choice, hvi = SHA-256(DHPart2 || their Hello)  ------------------>     |
//!     |       <----------------------------  DHPart1: H1, IDs of kept secrets, public key  |
//!     | DHPart2: H1, IDs of kept secrets, public key  ------------------------------->     |
//!     |                                                             checks DHPart2 and hvi |
//!     |       X25519 -> s0 -> all keys, and two words: both screens show them              |
//!     |       <-----------------------------------------------  Confirm1, sealed: H0, flag |
//!     | Confirm2, sealed: H0, flag  ------------------------------------------------->     |
//!     |       <----------------------------------------------------------------  Conf2ACK  |
//!     | frames of sound, sealed  <---------------------------------->                      |
//! ```
//!
//! The same in words: both say who they are and what they can do; one promises a public key without showing it; the
//! other shows his; then the promised one is shown and held against the promise. From the two, and from every byte that was
//! said, both compute the keys and the words, prove to each other that they hold them, and talk.
//!
//! Who holds what meanwhile, from lesson 10's story: a tap records a whole call. A lane is somebody who holds bytes, `|` while
//! he does; `+` gets some, `-` loses some. `cargo run -- show words one` draws it with the bytes beside it:
//!
//! ```text
//! words one: he only listens
//! Its random numbers are drawn from seed 46. It is the same each time.
//!
//!            Alice tap   Bob
//!            phone       phone
//! second 0   ONE. Alice calls Bob. Somebody in the path records all that
//!            passes, and changes nothing.
//!         0  o---------->.     Alice's phone sends to Bob's phone: Hello
//!         0  .     +     .     tap now holds Hello
//!         0  .<----------o     Bob's phone sends to Alice's phone: Hello
//!         0  .     +     .     tap now holds Hello
//!         0  .<----------o     Bob's phone sends to Alice's phone: HelloACK
//!         0  .     +     .     tap now holds HelloACK
//!         0  o---------->.     Alice's phone sends to Bob's phone: HelloACK
//!         0  .     +     .     tap now holds HelloACK
//!         0  o---------->.     Alice's phone sends to Bob's phone: Commit
//!         0  .     +     .     tap now holds Commit
//!         0  .<----------o     Bob's phone sends to Alice's phone: DHPart1
//!         0  .     +     .     tap now holds DHPart1
//!         0  o---------->.     Alice's phone sends to Bob's phone: DHPart2
//!         0  .     +     .     tap now holds DHPart2
//!         0  .<----------o     Bob's phone sends to Alice's phone: Confirm1
//!         0  .     +     .     tap now holds Confirm1
//!         0  o---------->.     Alice's phone sends to Bob's phone: Confirm2
//!         0  .     +     .     tap now holds Confirm2
//!         0  .<----------o     Bob's phone sends to Alice's phone: Conf2ACK
//!         0  .     +     .     tap now holds Conf2ACK
//! second 2   Each screen shows two words.
//!         2  +     |     +     Alice's phone and Bob's phone now hold two
//!            |     |     |       words on the screen
//! second 4   They read them to each other: the same. Alice goes on.
//!         4  +     |     |     Alice's phone now holds what Alice says
//!         4  o---------->|     Alice's phone sends to Bob's phone: what Alice
//!            |     |     |       says, sealed
//!         4  |     +     |     tap now holds what her phone sends
//!         4  |     |     +     Bob's phone now holds what Bob hears
//! second 18  They hang up.
//!        18  -     |     -     Alice's phone and Bob's phone no longer hold
//!            |     |     |       two words on the screen
//!
//! Who could read what, at any time of this chapter: the first text: Alice's
//! phone, Bob's phone.
//! ```
//!
//! Three calls from one seed. A tap that only records has frames and no sound; a man in the middle has the sound, and the two
//! screens show different words; so he is found where the words are compared:
//!
//! ```
//! use messaging_lab::call::play::{Who, play};
//!
//! let alone = play(7, Who::Nobody)?;
//! assert!(alone.alice.shown.is_some() && alone.alice.shown == alone.bob.shown);
//!
//! let recorded = play(7, Who::Silent)?;
//! assert!(!recorded.tap_understands && recorded.alice.shown == recorded.bob.shown);
//!
//! let tapped = play(7, Who::ManInTheMiddle)?;
//! assert!(tapped.tap_understands);
//! assert_ne!(tapped.alice.shown, tapped.alice.heard);
//! # Ok::<(), messaging_lab::ground::randomness::RandomnessError>(())
//! ```
//!
//! The keys, and how long each lives:
//!
//! ```text
//! X25519 --> DHResult --+
//! total_hash -----------+--> s0 --+--> SAS hash          -> the two words       until hung up
//! ZIDi, ZIDr -----------+         +--> ZRTP keys         -> Confirm1, Confirm2  until hung up
//! s1: kept, if any -----+         +--> frame keys, salts -> the sound           until hung up
//!                                 +--> retained secret   -> rs1, for next time  the next two calls
//! ```
//!
//! Read in this order. First what is said:
//!
//! 1. [`key_schedule`]: what both phones hash, and a key for every purpose.
//! 2. [`words`]: what the two people read to each other. ([`word_lists`]: the lists.)
//! 3. [`continuity`]: the secret of the last call. [`memory`]: where a phone keeps it.
//! 4. [`wire`], [`algorithms`], [`hello`], [`commit`], [`dh_part`], [`confirm`]: the messages, byte by byte.
//! 5. [`hash_chain`]: how each message proves that it comes from the sender of the one before.
//!
//! Then who says it when:
//!
//! 6. [`timers`]: what is repeated, and when a phone gives up. [`error`]: what is refused. [`flaw`]: what weak phones do.
//! 7. [`session`]: the states of a call, each a type of its own.
//!
//! Then the sound:
//!
//! 8. [`audio`]: what there is to hear, in frames of 20 ms. [`wav`]: the same as a file.
//! 9. [`codec`]: the sound in fewer bytes, of one size or of many. [`cell`]: the many made one.
//! 10. [`replay_window`]: which frames have come. [`frame`]: the frames, and the number that does not travel.
//! 11. [`stream`]: the two ends of one direction.
//!
//! Last the call as a whole:
//!
//! 12. [`phone`]: handshake and sound in one. [`path`]: what lies between two phones. [`taps`]: who may sit on it.
//! 13. [`line`](mod@line): two phones, a path, a clock and the ledger. [`play`](mod@play): a whole call from a seed.
//! 14. [`ends`]: what the logs of both ends say.
//! 15. [`by_hand`]: one end played by somebody who is no phone. [`varied_part`]: what he searches with for equal words.
//!
//! # Where the model stops
//!
//! - **The words are the proof, and people read them.** Who does not compare them, or compares them with a voice that is
//!   not the other's, has no proof. And 16 bits are few: one blind guess in 65 536 passes.
//! - **Who calls whom, when and for how long stays visible**, and so does the size of every frame.
//! - **The phone is trusted**, and so is the room it stands in (RFC 6189, section 11.1 leaves both out).
//! - Key agreement is X25519, which the RFC does not have (implementations call it X255); Confirm and frames are sealed with
//!   ChaCha20-Poly1305 where the RFC has AES. So the model does not interoperate; each place says what is the kit's own.
//! - Left out: the packet around a message and its CRC, multistream mode, pre-shared mode, PBX enrolment, signatures, going
//!   clear, relayed words.
//! - Against somebody who has a large quantum computer, none of these keys would hold.

pub mod key_schedule;

pub mod words;

pub mod word_lists;

pub mod continuity;

pub mod memory;

pub mod wire;

pub mod algorithms;

pub mod hello;

pub mod commit;

pub mod dh_part;

pub mod confirm;

pub mod hash_chain;

pub mod timers;

pub mod error;

pub mod flaw;

pub mod session;

pub mod audio;

pub mod wav;

pub mod codec;

pub mod cell;

pub mod replay_window;

pub mod frame;

pub mod stream;

pub mod phone;

pub mod path;

pub mod taps;

pub mod line;

pub mod play;

pub mod ends;

pub mod varied_part;

pub mod by_hand;
