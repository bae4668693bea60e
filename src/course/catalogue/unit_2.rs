//! Unit 2, "designed to keep messages private - even from the app company": the lessons about the envelope.

use super::{Exercise, Kind, Lesson, exercise};

pub(super) const SEAL: Lesson = Lesson {
    number: 4,
    name: "seal",
    title: "A lock that also notices",
    unit: 1,
    exercises: &[
        Exercise {
            after: &["bytes/xor"],
            misconceptions: &[1, 6],
            ..exercise("seal/predict", Kind::Predict, 12)
        },
        Exercise {
            misconceptions: &[1, 3],
            ..exercise("seal/guess_the_key", Kind::Break, 10)
        },
        Exercise {
            after: &["bytes/xor"],
            misconceptions: &[3],
            ..exercise("seal/two_time_pad", Kind::Break, 8)
        },
        Exercise {
            after: &["bytes/xor"],
            misconceptions: &[6],
            ..exercise("seal/flip", Kind::Break, 8)
        },
        Exercise {
            after: &["seal/two_time_pad", "seal/flip"],
            withheld: &["seal", "open", "seal_in_place", "open_in_place", "Sealer"],
            ..exercise("seal/seal", Kind::Build, 12)
        },
        Exercise {
            after: &["seal/seal"],
            misconceptions: &[6],
            withheld: &["seal", "open", "seal_in_place", "open_in_place", "Sealer"],
            ..exercise("seal/open", Kind::Build, 12)
        },
        Exercise {
            after: &["seal/two_time_pad"],
            ..exercise("seal/next_nonce", Kind::Fix, 13)
        },
        Exercise {
            core: false,
            after: &["seal/open"],
            misconceptions: &[6],
            ..exercise("seal/spot_the_flaw", Kind::Detect, 15)
        },
    ],
};

pub(super) const RELAY: Lesson = Lesson {
    number: 5,
    name: "relay",
    title: "What the company holds",
    unit: 1,
    exercises: &[
        Exercise {
            misconceptions: &[1, 4],
            ..exercise("relay/predict", Kind::Predict, 12)
        },
        exercise("relay/small_secret", Kind::Break, 10),
        exercise("relay/shared_key", Kind::Build, 7),
        Exercise {
            after: &["seal/seal", "relay/shared_key"],
            misconceptions: &[1],
            ..exercise("relay/envelope", Kind::Build, 18)
        },
        Exercise {
            after: &["relay/envelope"],
            ..exercise("relay/guess_by_size", Kind::Break, 8)
        },
        Exercise {
            after: &["relay/guess_by_size"],
            withheld: &["pad", "unpad", "bucket_of"],
            ..exercise("relay/pad", Kind::Fix, 6)
        },
        Exercise {
            after: &["relay/pad"],
            withheld: &["pad", "unpad", "bucket_of"],
            ..exercise("relay/unpad", Kind::Fix, 7)
        },
        Exercise {
            misconceptions: &[4],
            ..exercise("relay/who_talks_to_whom", Kind::Break, 10)
        },
        Exercise {
            after: &["seal/open"],
            misconceptions: &[4, 5],
            ..exercise("relay/which_chat", Kind::Detect, 12)
        },
    ],
};

pub(super) const KEYS: Lesson = Lesson {
    number: 6,
    name: "keys",
    title: "Whose key is it?",
    unit: 1,
    exercises: &[
        Exercise {
            misconceptions: &[7, 8],
            ..exercise("keys/predict", Kind::Predict, 12)
        },
        Exercise {
            misconceptions: &[8],
            ..exercise("keys/ghost_directory", Kind::Break, 6)
        },
        Exercise {
            after: &["keys/ghost_directory"],
            misconceptions: &[8],
            ..exercise("keys/ghost", Kind::Break, 15)
        },
        Exercise {
            misconceptions: &[7],
            withheld: &[
                "safety_number",
                "safety_number_with",
                "SafetyNumber",
                "iterated_fingerprint",
                "half_of_number",
            ],
            ..exercise("keys/safety_number", Kind::Build, 15)
        },
        Exercise {
            after: &["keys/safety_number"],
            misconceptions: &[7, 9],
            ..exercise("keys/near_miss", Kind::Break, 12)
        },
        Exercise {
            misconceptions: &[9],
            ..exercise("keys/formats", Kind::Detect, 8)
        },
        Exercise {
            misconceptions: &[7],
            ..exercise("keys/key_changed", Kind::Fix, 8)
        },
    ],
};

pub(super) const RATCHET: Lesson = Lesson {
    number: 7,
    name: "ratchet",
    title: "Yesterday",
    unit: 1,
    exercises: &[
        Exercise {
            after: &["timer/deadline"],
            misconceptions: &[3],
            ..exercise("ratchet/predict", Kind::Predict, 12)
        },
        Exercise {
            withheld: &["kdf_ck", "Ratchet", "Session"],
            ..exercise("ratchet/chain_step", Kind::Build, 8)
        },
        Exercise {
            after: &["ratchet/chain_step"],
            misconceptions: &[3],
            ..exercise("ratchet/thief", Kind::Break, 20)
        },
        Exercise {
            after: &["ratchet/predict"],
            misconceptions: &[3],
            ..exercise("ratchet/forget", Kind::Fix, 20)
        },
    ],
};

pub(super) const HEALING: Lesson = Lesson {
    number: 8,
    name: "healing",
    title: "Tomorrow",
    unit: 1,
    exercises: &[
        Exercise {
            misconceptions: &[3],
            ..exercise("healing/predict", Kind::Predict, 10)
        },
        Exercise {
            after: &["healing/predict"],
            withheld: &["shared_secret", "initiate", "respond", "Session"],
            ..exercise("healing/first_key", Kind::Build, 12)
        },
        Exercise {
            after: &["healing/predict"],
            withheld: &["kdf_rk", "Ratchet"],
            ..exercise("healing/root_step", Kind::Build, 5)
        },
        Exercise {
            after: &["healing/predict", "healing/root_step"],
            misconceptions: &[3],
            ..exercise("healing/locked_out", Kind::Detect, 10)
        },
        Exercise {
            core: false,
            withheld: &["Ratchet"],
            ..exercise("healing/out_of_order", Kind::Build, 13)
        },
        Exercise {
            after: &["seal/open"],
            misconceptions: &[1, 4],
            ..exercise("healing/leaks", Kind::Detect, 13)
        },
        Exercise {
            after: &["healing/predict", "healing/leaks"],
            misconceptions: &[1, 3, 4],
            ..exercise("healing/sentence", Kind::Explain, 12)
        },
    ],
};
