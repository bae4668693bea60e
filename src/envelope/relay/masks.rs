//! The phones that a lying relay runs itself, each under somebody else's name.
//!
//! ```text
//! Alice  --sealed for "Bob"-->  mask of Bob opens | relay reads | mask of Alice seals  --sealed by "Alice"-->  Bob
//! ```
//!
//! A mask is an ordinary phone with ordinary keys; nothing is broken. All it takes is that Alice believes the directory.

use super::account::Account;
use crate::envelope::error::EnvelopeError;
use crate::envelope::parcel::{Address, Parcel};
use crate::envelope::phone::{OnNewKey, Phone};
use crate::ground::randomness::Seeded;

/// One-time pre-keys that a mask has. When they run out it goes on without, as anybody does.
const ONE_TIME: usize = 5;

/// A phone under somebody's name, and its keys as a directory has them.
struct Mask {
    phone: Phone,
    account: Account,
}

/// All masks of one relay, made when they are first needed.
pub(super) struct Masks {
    randomness: Seeded,
    worn: Vec<Mask>,
}

impl Masks {
    pub(super) fn new(randomness: Seeded) -> Self {
        Masks {
            randomness,
            worn: Vec::new(),
        }
    }

    /// Whether there is a mask for this address.
    pub(super) fn has(&self, address: &Address) -> bool {
        self.worn.iter().any(|mask| mask.phone.address() == address)
    }

    fn wear(&mut self, address: &Address) -> Result<&mut Mask, EnvelopeError> {
        if !self.has(address) {
            let phone = Phone::new(
                address.clone(),
                OnNewKey::SendSilently,
                ONE_TIME,
                &mut self.randomness,
            )?;
            let account = Account::of(&phone.upload())?;
            self.worn.push(Mask { phone, account });
        }
        find(&mut self.worn, address)
    }

    /// A bundle with the mask's keys.
    pub(super) fn bundle(&mut self, address: &Address) -> Result<Vec<u8>, EnvelopeError> {
        Ok(self.wear(address)?.account.next_bundle().to_bytes())
    }

    /// The text of a parcel that was sealed for the mask of its recipient.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if it was sealed for the recipient's own keys: nothing to be had.
    pub(super) fn read(&mut self, parcel: &Parcel) -> Result<Vec<u8>, EnvelopeError> {
        let Masks { randomness, worn } = self;
        let mask = find(worn, &parcel.to)?;
        Ok(mask.phone.open(parcel, randomness)?.text)
    }

    /// The same parcel, from the mask of its sender: `text` sealed for the recipient's own keys.
    pub(super) fn seal_as_sender(
        &mut self,
        parcel: &Parcel,
        text: &[u8],
        recipient: &mut Account,
    ) -> Result<Parcel, EnvelopeError> {
        self.wear(&parcel.from)?;
        let Masks { randomness, worn } = self;
        let mask = find(worn, &parcel.from)?;
        let real = (parcel.to.clone(), *recipient.identity());
        if !mask.phone.keys_of(parcel.to.user()).contains(&real) {
            let bundle = recipient.next_bundle().to_bytes();
            mask.phone.meet(&[(parcel.to.clone(), bundle)], randomness)?;
        }
        let mut forwarded = mask.phone.seal(&parcel.to, text)?;
        // The sender counts its parcels and would notice another number in a notice of delivery.
        forwarded.serial = parcel.serial;
        Ok(forwarded)
    }
}

fn find<'a>(worn: &'a mut [Mask], address: &Address) -> Result<&'a mut Mask, EnvelopeError> {
    let mask = worn.iter_mut().find(|mask| mask.phone.address() == address);
    mask.ok_or(EnvelopeError::Refused)
}
