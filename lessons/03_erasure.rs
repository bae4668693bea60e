//! # Lesson 03 · Deleted, or gone?
//!
//! The article says of Telegram that it has a "self-destruct timer": the message deletes itself.
//! Lessons 01 and 02 asked when. This one asks what is deleted, and looks for the bytes afterwards.
//!
//! After this lesson you can
//!   - name the copies of a message that its timer does not reach, and say from when until when
//!     each was there;
//!   - read "deleted" messages out of a journal, and say why they are still in it;
//!   - erase a message by destroying a few bytes of key, and say what those few bytes then need.
//!
//! Builds on: lesson 00 (hex, big-endian, xor), lesson 01 (deadline, receipt, ledger and witness),
//! and Rust's slices, Vec and loops. Time: about 95 minutes, 10 of them reading.
//!
//! ## The story
//!
//! Two words first: to DELETE is to stop showing, to ERASE is to destroy the bytes. Alice sends Bob
//! two texts, each with a timer of 10 s after reading. Between the two, both apps get an update.
//!
//! ```text
//!     second  0    Alice sends the first text, "meet at ten". Both apps keep naive journals.
//!             1    Bob's phone receives it; the notification shows a preview
//!             3    Bob's phone makes its backup
//!             4    Bob reads; Alice's phone is offline
//!             6    somebody takes a picture of Bob's screen
//!            14    Bob's timer ends
//!            18    Alice's phone is online again and gets the receipt
//!            30    the update: shredding journals. Alice sends the second text, "bring the map"
//!            31    Bob's phone receives it; previews are switched off now
//!            33    Bob's phone makes its backup
//!            34    Bob reads; the receipt reaches Alice at 35
//!            44    both timers end
//!            70    the run ends
//! ```
//!
//! Who could have a copy? The timer is kept by the two apps. Everything else here is outside it:
//!
//! ```text
//!       Alice's phone                         Bob's phone
//!     +------------------+                  +----------------------------------------------+
//!     | app              |     message      | app ---> screen ---> a picture of the screen |
//!     |  |               | ---------------> |  |  \                                        |
//!     | disk: journal,   | <--------------- |  |   notification store: previews            |
//!     |       key file   |     receipt      | disk: journal, key file ---> a backup        |
//!     +------------------+                  | old flash pages                              |
//!                                           +----------------------------------------------+
//! ```
//!
//! In words: an app shows a message from memory and keeps it in its journal, a file on the phone's
//! disk. A preview goes to the system's notification store, a backup copies files, a picture copies
//! the screen. Under the disk lies flash memory, with pages that nobody sees through the file
//! system.
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. A wrong
//! guess costs nothing. Then read on, and settle them with `cargo run -- show erasure`.
//!
//! (In that run bytes that are no text stand in hex, the first 16 of them.
//! `PLAINTEXT "meet at ten"` below says that the text stands in them, and `in it` names a key that
//! does.)
//!
//! ## New idea: deleted is a mark
//!
//! A file that only grows is easy to protect from crashes: what was written is not touched again.
//! So many programs keep a journal, and our NAIVE journal is one. When a message expires, the app
//! adds a record that says so and stops showing it. The record with the body stays where it was:
//!
//! ```text
//!     8 bytes    then records, each directly behind the one before
//!   +---------+----------+-----------------------------+-----------+-------------------+- - -
//!   | mlab-nj | kind 5   | kind 1, number 7            | kind 2, 7 | kind 3, number 7  |
//!   |         | (opened) | a message: "meet at ten"    | (started) | a mark: 7 is gone |
//!   +---------+----------+-----------------------------+-----------+-------------------+- - -
//!
//!     in a record      from byte    bytes
//!     its length           0          4     big-endian, of the whole record with these 4 bytes
//!     the same, flipped    4          4     every bit the other way, so that damage is noticed
//!     its kind             8          1     1 a message, 3 a mark; the others hold no body
//!     the number           9          8     which message; its mark has the same 8 bytes
//!     times               17         32
//!     chat, flags, timer  49         14     in a message only
//!     the body            63        ...     in a message only
//!     a check                         4     the last 4 bytes of every record
//! ```
//!
//! In words: eight bytes, seven letters and a version, say what the file is. From there the lengths
//! lead from record to record. No record is shorter than 53 bytes. If the power failed during the
//! last write, the file may end in the middle of a record, or in zeros: what is not whole does not
//! count.
//!
//! ## New idea: flash memory does not overwrite
//!
//! A flash chip writes whole pages (4 KiB in our model) and cannot write over one. To change a byte
//! it writes the page anew elsewhere and sets the old page aside. The file system shows the new
//! page; the old one stays in the chip until the chip's own controller erases it. When that is,
//! nobody outside decides. Whoever reads the chip itself finds old pages. Wei et al. (FAST 2011)
//! tried the known ways of overwriting one file on solid-state drives and found none that was
//! reliable.
//!
//! ## New idea: seal the body, erase the key
//!
//! A journal that only grows cannot let a body out. So let no body in. A ONE-TIME PAD is a row of
//! random bytes, as long as the body, used for one body only. What goes into the journal is body
//! xor pad; the pad goes into another file, into a slot that may be overwritten. To read, xor
//! again. To erase, write zeros over the pad. Without it the journal's bytes say how long the body
//! was and nothing else (Shannon, 1949), because every text of that length has a pad that leads to
//! it:
//!
//! ```text
//!     in the journal       80 ea 64 af c4 75 7f 3d fd cc ef
//!     xor the real pad     ed 8f 01 db e4 14 0b 1d 89 a9 81   =  "meet at ten"
//!     xor another pad      ed 8f 01 db e4 14 0b 1d 8e a5 97   =  "meet at six"
//! ```
//!
//! Destroying the key instead of the message is called SHREDDING. (Our shredding journal adds no
//! mark: zeros in the key file say it all.) It works on all copies of the journal at once, also for
//! those in a backup. It does not solve the problem of erasing, it SHRINKS it: from every place a
//! body ever stood to a few bytes of key, which need a place that truly forgets. A file on flash
//! memory is no such place, as the run shows; phones that do this well keep such keys in a chip
//! made for it. And a backup that takes the keys along takes the messages along.
//!
//! ## What was found in real apps
//!
//!   - Telegram for macOS 7.3 left self-destructed recordings as files on the disk, though the chat
//!     showed them no longer (Dhiraj Mishra, reported in December 2020, fixed in 7.4).
//!   - macOS kept previews of Signal's disappearing messages in its notification store (Patrick
//!     Wardle, "When Disappearing Messages Don't Disappear", May 2018).
//!   - Telegram on Android let the phone's camera app take a picture for a secret chat; when the
//!     chat's copy was gone, the camera app still had its own (Cisco Talos, December 2018).
//!   - The Double Ratchet specification, section 6.1, leaves recovering deleted data from storage
//!     out of scope.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Our naive journal is plainer than an app's database, and keeps what it holds for ever; a
//!     database uses the room of deleted rows again, sooner or later, and nobody promises when.
//!   - The shredding journal of the run has a key of 32 bytes for a body of any length, and notices
//!     changed bytes. How that works is lesson 04; until then the exercises use one-time pads.
//!   - The phones' disks are not encrypted as a whole. A locked phone that encrypts its disk keeps
//!     a finder out of all of this; somebody who has it unlocked is another matter.
//!   - Old pages are shown for Bob's phone only, and none of the other places where bytes linger:
//!     swap files, crash reports, the memory of a keyboard.
//!   - The backup, the notification store, the picture and the controller's moment are this
//!     story's, not measurements. Real ones have their own rules, and change them.
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_03              all seven exercises
//!     cargo test --test lesson_03 carve        the one with "carve" in its name
//!     cargo run -- check erasure               all seven, the first that is not passed on top
//!     cargo run -- show erasure                the run that predict and sentence ask about
//!     cargo run -- hint erasure/carve          a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. In the run the second backup leaves the key file out. Who gains and who loses by that: Bob,
//!      when his phone falls into a lake; Alice, who wanted her text gone; whoever finds the
//!      backup?
//!   2. A help page says: "Deleted messages cannot be recovered." Which onlookers do you ask about,
//!      and how would you rewrite the sentence so that it is true?

use messaging_lab::ground::ledger::{Onlooker, Witness};

/// A line of a ledger: who, which bytes, from when, until when. `None` means that they still have
/// it. In a loop, `for (onlooker, bytes, from, until) in ledger`, all four are references: a star
/// in front gives the value, as in `*from`.
pub type Line = (Onlooker, Vec<u8>, u64, Option<u64>);

/// A piece of a message on a disk: the message's number, the place of its pad, the place of its
/// sealed body.
///
/// A place is (from, to): its first byte, and the first byte that no longer belongs to it. Both
/// places of a piece are of one length.
pub type Piece = (u32, (usize, usize), (usize, usize));

/// A place where an app keeps bytes: its name, the bytes before the deadline, the bytes after it.
pub type Place = (String, Vec<u8>, Vec<u8>);

/// An app: its name and its places. One loop in another goes through them: `for (name, places) in
/// apps`, and `for (place, before, after) in places`.
pub type App = (String, Vec<Place>);

/// erasure/predict: your guesses, and the witness that settles each statement.
///
///   1. After the first text is gone from Bob's phone (second 14 on), Alice's phone has it at some
///      second.
///   2. After the first text is gone from Bob's phone (second 14 on), Bob's disk has it at some
///      second.
///   3. After the second text is gone from both phones (second 44 on), the backup has Bob's key to
///      it.
///   4. After the first text is gone from both phones (second 18 on), the notification store has
///      it.
///   5. After the second text is gone from both phones (second 44 on), any onlooker at all has its
///      text, readable as it stands.
///   6. After Bob's app wrote zeros over its key (second 44 on), Bob's disk or an old flash page
///      has that key.
///
/// "Has" means that the bytes stand there; what somebody could open with a key does not count. A
/// phone is its app and what that shows, a disk the files on the phone. The onlookers of this
/// run: `Onlooker::AlicePhone`, `AliceDisk`, `BobPhone`, `BobDisk`, `OldFlashPage`, `Backup`,
/// `Notification` (the store of previews) and `Screenshot` (the picture).
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show erasure` and
/// settle each one: `Some(Witness::Holds(Onlooker::Screenshot, 8))` if it holds, with an onlooker
/// and a second that show it, or `Some(Witness::Nobody)` if no onlooker that it speaks of has it at
/// any second that it speaks of.
pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    let witnesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    (guesses, witnesses)
}

/// erasure/carve: the bytes of a naive journal -> the bodies of the messages that are marked as
/// gone.
///
/// In the order in which the messages stand in the file, each as often as it stands there. A
/// message without a mark lives, and is not listed. The mark may stand anywhere behind its message.
/// A body may be empty. A file with fewer than eight bytes has no records.
///
/// At the end your function gets the same story in a shredding journal, whose records look the
/// same. It finds nothing there. Why not?
pub fn carve(image: &[u8]) -> Vec<Vec<u8>> {
    todo!(
        "which bodies of deleted messages stand in this journal of {} bytes?",
        image.len()
    )
}

/// erasure/who_still_has_it: a ledger, a message, a moment -> the onlookers that have the message
/// at that moment.
///
/// A line holds its bytes from `from` on and no longer AT `until`, as a message is gone AT its
/// deadline. The message, at least one byte long, counts wherever it stands inside a line's bytes,
/// whole and unchanged. A line may be shorter than the message, and a moment as large as `u64`
/// goes. The order of your answer means nothing, nor does it matter how often you name somebody.
pub fn who_still_has_it(ledger: &[Line], message: &[u8], moment: u64) -> Vec<Onlooker> {
    todo!("which onlookers of {ledger:?} have {message:?} at moment {moment}?")
}

/// erasure/shred: the bytes of a pad's slot, a body -> the bytes that go into the journal; or
/// `None`.
///
/// Byte by byte body xor pad, as many bytes as the body has (at least one). The app reads it back
/// by xor with the front of the slot, so a slot longer than the body is fine and its rest is left
/// alone.
///
/// Refuse, with `None`, a pad shorter than the body, and a slot that is nothing but zeros: its pad
/// was erased. A random byte can be zero too, so a good pad may begin with zeros, end with them or
/// have them inside. (No slot is zeros as far as the body reaches and something else behind that.)
/// What happens when a pad is used for two bodies is a question for lesson 04.
pub fn shred(pad: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    todo!("what goes into the journal for the body {body:?} under the pad {pad:?}?")
}

/// erasure/overwrite: which message expired, and the layout -> the places (from, to) to overwrite
/// with zeros.
///
/// Afterwards no letter of that message may be readable for somebody who has the whole chip, old
/// pages too, and every other message must be. On this phone the pads lie where overwriting
/// destroys; the first 64 bytes of the disk say what it is, and the app needs them. The sealed
/// bodies lie on flash, where overwriting leaves the old page as it was. (Overwriting the expired
/// message's own sealed body besides does no harm.)
///
/// A message may lie in several pieces, and the list is in no order. A message that is not in the
/// layout needs nothing. How you cut the places up does not matter.
pub fn overwrite(expired: u32, layout: &[Piece]) -> Vec<(usize, usize)> {
    todo!("message {expired} expired: what is to be overwritten in {layout:?}?")
}

/// erasure/catch_the_hoarder: a message and some apps -> the names of the apps that erased it.
///
/// All of them say that they did. Each one's places were copied before the deadline and after it:
/// screens, journals and key files, Bob's and Alice's. An app has kept the message if what is left
/// after the deadline, all its places together, gives it: the message as it was written, or a
/// sealed body and, anywhere, the pad that opens it by xor. Both can stand at any byte of any
/// place, and a place can be empty. A sealed body alone gives nothing, nor does a pad alone, nor
/// another message, however much alike. The order of your answer means nothing.
pub fn catch_the_hoarder(message: &[u8], apps: &[App]) -> Vec<String> {
    todo!(
        "which of these {} apps erased the {} bytes of the message?",
        apps.len(),
        message.len()
    )
}

/// erasure/sentence: what is left of "self-destruct timer: the message deletes itself"?
///
/// Six rewrites. For each `Some(Witness::Nobody)` if it holds in the run of
/// `cargo run -- show erasure`, or `Some(Witness::Holds(onlooker, second))` if that onlooker at
/// that second refutes it. The onlookers are those of `predict`.
///
///   1. "Ten seconds after Alice sent the first text no phone shows it any more."
///   2. "When the first text destroys itself on Bob's phone (second 14), it is gone from Alice's
///      phone too."
///   3. "From second 18 on neither phone's app has the first text in its memory or on its screen."
///   4. "From second 18 on only copies that somebody made on purpose (picture, backup) have the
///      first text."
///   5. "With shredding journals the second text never stands in plain on either disk or in the
///      backup."
///   6. "Once zeros are written over the key (second 44), nothing in Bob's phone has that key."
///
/// Then one letter. The article's phrase is true if this is added:
///
///   a. the chat is end-to-end encrypted
///   b. nobody takes a screenshot
///   c. both phones are online when the timer ends
///   d. secret chat, viewed, and only the copy in each cooperating phone's app
///   e. the timer is short enough
///
/// Then a paragraph of your own: what does the timer do, and where does it end? No program marks
/// it. Your instructor does, with 0 to 2 points each: is it true, does it name an onlooker, does it
/// cite a run, does it state a limit?
pub fn sentence() -> ([Option<Witness>; 6], Option<char>, String) {
    let witnesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    let letter = None;
    let paragraph = "";
    (witnesses, letter, paragraph.to_string())
}
