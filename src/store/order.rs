//! The order by deadline: which messages are due, without looking at those that are not.
//!
//! A heap: a tree in which no entry is due before its parent, laid out level by level in one vector. The earliest entry is
//! the root, so "is anything due?" is one comparison. And what is due hangs together at the top: below an entry that is
//! not due, nothing is. So a purge walks down from the root and turns round at the first entries that can wait.
//!
//! Each entry has four children, not two: half as many levels, and four neighbours lie in one or two cache lines. (LaMarca
//! and Ladner, "The Influence of Caches on the Performance of Heaps", 1996.)

use super::message::MessageId;
use super::timer::is_readable_at;
use crate::ground::clock::Millis;

/// How many entries hang below one: those of entry `i` are `4 i + 1 ..= 4 i + 4`.
const CHILDREN: usize = 4;

#[derive(Clone, Copy)]
struct Entry {
    deadline: Millis,
    id: MessageId,
}

/// Messages by deadline. Entries go in one by one and come out when they are due, never otherwise.
#[derive(Default)]
pub(super) struct Order {
    // No entry's deadline is before its parent's.
    heap: Vec<Entry>,
}

impl Order {
    /// The earliest deadline.
    pub(super) fn earliest(&self) -> Option<Millis> {
        self.heap.first().map(|entry| entry.deadline)
    }

    /// Adds an entry. `O(log n)`; on average it rises by less than one level.
    pub(super) fn push(&mut self, deadline: Millis, id: MessageId) {
        let entry = Entry { deadline, id };
        let mut at = self.heap.len();
        self.heap.push(entry);
        while at > 0 {
            let parent = (at - 1) / CHILDREN;
            if self.heap[parent].deadline <= deadline {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = entry;
    }

    /// Takes out everything that is no longer readable at `now`, in no particular order.
    ///
    /// `O(k log n)` for `k` entries taken out of `n`, and nothing more than a comparison for `k = 0`.
    pub(super) fn take_due(&mut self, now: Millis) -> Vec<MessageId> {
        // The positions of what is due, level by level, so in rising order. Each looks at its four children at most.
        let has_expired = |entry: &Entry| !is_readable_at(now, Some(entry.deadline));
        let is_due = |at: &usize| self.heap.get(*at).is_some_and(has_expired);
        let mut holes = Vec::new();
        holes.extend(Some(0).filter(is_due));
        let mut next = 0;
        while let Some(&at) = holes.get(next) {
            holes.extend((CHILDREN * at + 1..=CHILDREN * at + CHILDREN).filter(is_due));
            next += 1;
        }
        // From the last hole to the first: by then everything below a hole is in order again, so the entry that fills it
        // only has to sink. Above a hole are holes only, and their turn comes.
        let mut due = Vec::with_capacity(holes.len());
        for &hole in holes.iter().rev() {
            due.push(self.heap.swap_remove(hole).id);
            self.sink(hole);
        }
        due
    }

    /// Lets the entry at `at` sink until none below it is earlier.
    fn sink(&mut self, mut at: usize) {
        let Some(&entry) = self.heap.get(at) else { return };
        loop {
            let first = CHILDREN * at + 1;
            let end = self.heap.len().min(first + CHILDREN);
            let mut earliest = first;
            for child in first..end {
                if self.heap[child].deadline < self.heap[earliest].deadline {
                    earliest = child;
                }
            }
            if first >= end || self.heap[earliest].deadline >= entry.deadline {
                break;
            }
            self.heap[at] = self.heap[earliest];
            at = earliest;
        }
        self.heap[at] = entry;
    }

    /// How many bytes are reserved for entries.
    pub(super) fn memory_bytes(&self) -> usize {
        self.heap.capacity() * size_of::<Entry>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::randomness::Seeded;

    #[test]
    fn it_takes_out_what_a_list_would() {
        let mut draw = Seeded::new(1);
        let mut order = Order::default();
        let mut list: Vec<(Millis, MessageId)> = Vec::new();
        let mut now = 0;
        for serial in 0..20_000 {
            for _ in 0..draw.below(3) {
                let (deadline, id) = (now + draw.below(300), MessageId { serial, slot: serial });
                order.push(deadline, id);
                list.push((deadline, id));
            }
            now += draw.below(4) * draw.below(40);
            assert_eq!(order.earliest(), list.iter().map(|entry| entry.0).min());
            let mut taken = order.take_due(now);
            let mut due: Vec<MessageId> = list
                .iter()
                .filter(|entry| entry.0 <= now)
                .map(|entry| entry.1)
                .collect();
            list.retain(|entry| entry.0 > now);
            taken.sort();
            due.sort();
            assert_eq!(taken, due);
        }
    }
}
