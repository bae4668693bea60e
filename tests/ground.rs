//! The ground: clocks, randomness, secret bytes, hex and the ledger.

use messaging_lab::ground::clock::{Clock, ControlledClock, Reading, SystemClock};
use messaging_lab::ground::hex::{HexError, bytes_to_hex, hex_to_bytes};
use messaging_lab::ground::ledger::{Change, Ledger, Onlooker};
use messaging_lab::ground::randomness::{HashSeeded, OsRandomness, Randomness, Seeded};
use messaging_lab::ground::secret::{Secret, equal, wipe};

#[test]
fn a_controlled_clock_moves_wall_and_boot_time_apart() {
    let clock = ControlledClock::new(10_000);
    let shared = clock.clone();
    clock.advance(500);
    assert_eq!(
        shared.now(),
        Reading {
            boot_id: 1,
            boot: 500,
            wall: 10_500
        }
    );
    clock.set_wall(3_000);
    clock.advance(1);
    assert_eq!(
        shared.now(),
        Reading {
            boot_id: 1,
            boot: 501,
            wall: 3_001
        }
    );
    clock.restart(60_000);
    assert_eq!(
        shared.now(),
        Reading {
            boot_id: 2,
            boot: 0,
            wall: 63_001
        }
    );
    clock.advance(u64::MAX);
    assert_eq!(
        shared.now().boot,
        u64::MAX,
        "the end of the range, not an overflow"
    );
}

#[test]
fn the_system_clock_goes_forward_within_one_boot() {
    let before = SystemClock.now();
    std::thread::sleep(std::time::Duration::from_millis(30));
    let after = SystemClock.now();
    assert_eq!(before.boot_id, after.boot_id);
    assert!(
        after.boot >= before.boot + 10 && after.boot < before.boot + 60_000,
        "{before:?} {after:?}"
    );
    // Later than the article: the wall clock is set, and its unit is milliseconds.
    assert!(
        after.wall > 1_447_000_000_000 && after.wall < 10_000_000_000_000,
        "{after:?}"
    );
}

#[test]
fn seeded_bytes_are_splitmix64() {
    // The first outputs for this seed, as published with many implementations of SplitMix64.
    let mut random = Seeded::new(1_234_567);
    let published: [u64; 5] = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    for wanted in published {
        assert_eq!(random.next_u64(), wanted);
    }
    let mut filled = [0; 11];
    Seeded::new(1_234_567)
        .fill(&mut filled)
        .expect("a seed never fails");
    assert_eq!(filled[..8], published[0].to_le_bytes());
    assert_eq!(filled[8..], published[1].to_le_bytes()[..3]);
    assert_eq!(Seeded::new(5).below(0), 0);
    assert!(
        (0..1000)
            .map(|seed| Seeded::new(seed).below(7))
            .all(|drawn| drawn < 7)
    );
}

#[test]
fn real_randomness_fills_everything_and_never_repeats() {
    fn draw(source: &mut impl Randomness) -> [u8; 37] {
        let mut bytes = [0; 37];
        source.fill(&mut bytes).expect("the source gives");
        bytes
    }
    let mut system = OsRandomness::open().expect("this system has randomness");
    let (a, b) = (draw(&mut system), draw(&mut system));
    assert_ne!(a, b);
    // Left unfilled, the last eight bytes would be zeros; by chance that happens once in 2^64.
    assert!(a[29..] != [0; 8] && b[29..] != [0; 8]);
    let mut hash = HashSeeded::new();
    let (a, b) = (draw(&mut hash), draw(&mut hash));
    assert!(a != b && a != draw(&mut HashSeeded::new()) && a[29..] != [0; 8]);
}

#[test]
fn secrets_are_compared_whole_and_printed_never() {
    let key = Secret::new([0xab; 32]);
    assert!(!format!("{key:?}").contains("ab") && !format!("{key:?}").contains("171"));
    assert_eq!(key, Secret::new([0xab; 32]));
    for at in 0..32 {
        let mut other = [0xab; 32];
        other[at] ^= 1;
        assert_ne!(key, Secret::new(other), "a difference in byte {at}");
    }
    assert!(equal(b"", b"") && equal(b"abc", b"abc"));
    assert!(!equal(b"abc", b"abcd") && !equal(b"abc", b"abd") && !equal(b"xbc", b"abc"));
    let drawn = Secret::<16>::random(&mut Seeded::new(3)).expect("a seed never fails");
    assert_eq!(drawn.expose()[..], Seeded::new(3).bytes(16));
    let mut bytes = [7; 20];
    wipe(&mut bytes);
    assert_eq!(bytes, [0; 20]);
}

#[test]
fn hex_goes_there_and_back_and_refuses_what_is_none() {
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(hex_to_bytes(&bytes_to_hex(&all)), Ok(all.clone()));
    assert_eq!(hex_to_bytes(&bytes_to_hex(&all).to_uppercase()), Ok(all));
    assert_eq!(hex_to_bytes("abc"), Err(HexError::OddLength { length: 3 }));
    assert_eq!(
        hex_to_bytes("a\u{e9}"),
        Err(HexError::NotADigit {
            found: '\u{e9}',
            at: 1
        })
    );
    assert!(
        hex_to_bytes("+1")
            .unwrap_err()
            .to_string()
            .contains("'+' at position 0")
    );
}

/// Bob reads at 1, it expires at 5; a backup taken at 3 stays; the relay had it sealed from 0 to 1.
fn story() -> Ledger {
    let mut ledger = Ledger::new();
    let queued = ledger.gains(0, Onlooker::Relay, "queued envelope", b"\x91\x03\x77");
    ledger.loses(1, queued);
    let read = ledger.gains(1, Onlooker::BobPhone, "the text", b"meet at ten");
    ledger.gains(3, Onlooker::Backup, "image", b"..[meet at ten]..");
    ledger.loses(5, read);
    ledger
}

#[test]
fn the_ledger_says_who_holds_bytes_now_and_who_ever_did() {
    let ledger = story();
    assert_eq!(ledger.holders_of(b"meet at ten", 0), []);
    assert_eq!(ledger.holders_of(b"meet at ten", 1), [Onlooker::BobPhone]);
    assert_eq!(
        ledger.holders_of(b"meet at ten", 4),
        [Onlooker::BobPhone, Onlooker::Backup]
    );
    assert_eq!(
        ledger.holders_of(b"meet at ten", 5),
        [Onlooker::Backup],
        "gone AT the moment it is lost"
    );
    assert_eq!(
        ledger.ever_holders_of(b"ten"),
        [Onlooker::BobPhone, Onlooker::Backup],
        "also inside longer bytes"
    );
    assert_eq!(ledger.ever_holders_of(b"meet at eleven"), []);
    assert_eq!(
        ledger.ever_holders_of(b""),
        [],
        "nothing is in everything, and nobody holds it"
    );
    assert!(ledger.holds(Onlooker::Backup, b"at", 9) && !ledger.holds(Onlooker::Relay, b"at", 0));
}

#[test]
fn the_ledger_lists_what_an_onlooker_holds_now_or_ever_held() {
    let ledger = story();
    assert_eq!(ledger.held_by(Onlooker::Relay, 0).count(), 1);
    assert_eq!(ledger.held_by(Onlooker::Relay, 1).count(), 0);
    assert_eq!(ledger.ever_held_by(Onlooker::Relay).count(), 1);
    assert_eq!(ledger.ever_held_by(Onlooker::Tap).count(), 0);
    assert_eq!(ledger.holdings().len(), 3);
}

#[test]
fn the_history_is_in_order_of_time_and_what_ends_ends_once() {
    let mut ledger = story();
    // Written down late, told where it belongs.
    let late = ledger.gains(2, Onlooker::Notification, "preview", b"meet");
    ledger.loses(1, late);
    ledger.loses(9, late);
    let told: Vec<(u64, Change, Onlooker)> = ledger
        .history()
        .into_iter()
        .map(|(at, change, holding)| (at, change, holding.onlooker))
        .collect();
    assert_eq!(
        told,
        [
            (0, Change::Gains, Onlooker::Relay),
            (1, Change::Loses, Onlooker::Relay),
            (1, Change::Gains, Onlooker::BobPhone),
            (2, Change::Gains, Onlooker::Notification),
            // An end before the beginning counts as the beginning, and a second end as nothing.
            (2, Change::Loses, Onlooker::Notification),
            (3, Change::Gains, Onlooker::Backup),
            (5, Change::Loses, Onlooker::BobPhone),
        ]
    );
}

#[test]
fn every_onlooker_has_a_name_of_its_own_and_stands_in_the_list_once() {
    let mut names: Vec<String> = Onlooker::ALL.iter().map(Onlooker::to_string).collect();
    assert!(Onlooker::ALL.is_sorted() && names.iter().all(|name| name.is_ascii()));
    names.sort();
    names.dedup();
    assert_eq!(names.len(), Onlooker::ALL.len());
}
