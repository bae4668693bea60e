//! Every state as the [`Session`] that holds it.

use super::*;

impl From<Greeting> for Session {
    fn from(state: Greeting) -> Self {
        Session::Greeting(state)
    }
}

impl From<committed::Initiator> for Session {
    fn from(state: committed::Initiator) -> Self {
        Session::CommittedInitiator(state)
    }
}

impl From<committed::Responder> for Session {
    fn from(state: committed::Responder) -> Self {
        Session::CommittedResponder(state)
    }
}

impl From<agreed::Initiator> for Session {
    fn from(state: agreed::Initiator) -> Self {
        Session::AgreedInitiator(state)
    }
}

impl From<agreed::Responder> for Session {
    fn from(state: agreed::Responder) -> Self {
        Session::AgreedResponder(state)
    }
}

impl From<Confirming> for Session {
    fn from(state: Confirming) -> Self {
        Session::Confirming(state)
    }
}

impl From<Confirmed> for Session {
    fn from(state: Confirmed) -> Self {
        Session::Confirmed(state)
    }
}

impl From<Ended> for Session {
    fn from(state: Ended) -> Self {
        Session::Ended(state)
    }
}
