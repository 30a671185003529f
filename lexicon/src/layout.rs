//! How the bytes of the indices are laid out: what the command that makes them and the code that reads them share.
//!
//! Keys of the indices are in *normalised* characters: every character is replaced by
//! [`Character::simplified`], which keeps its length in UTF-8, so that offsets stay what they were and one entry
//! serves both scripts.

/// A part of speech, as coarse as checks need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Pos {
    /// A noun.
    Noun = 0,
    /// A verb.
    Verb = 1,
    /// An adjective.
    Adjective = 2,
    /// An adverb.
    Adverb = 3,
    /// The name of a person.
    Person = 4,
    /// The name of a place.
    Place = 5,
    /// The name of an organisation.
    Organisation = 6,
    /// Another proper name.
    Proper = 7,
    /// A numeral.
    Numeral = 8,
    /// A measure word.
    Measure = 9,
    /// Pronouns, prepositions, conjunctions, particles, auxiliaries.
    Function = 10,
    /// A set phrase.
    Idiom = 11,
    /// Not known.
    Other = 12,
    /// A run of letters or digits that are not Chinese.
    Latin = 13,
    /// A punctuation mark or symbol.
    Mark = 14,
    /// White space.
    Space = 15,
}

impl Pos {
    const ALL: [Pos; 16] = [
        Pos::Noun,
        Pos::Verb,
        Pos::Adjective,
        Pos::Adverb,
        Pos::Person,
        Pos::Place,
        Pos::Organisation,
        Pos::Proper,
        Pos::Numeral,
        Pos::Measure,
        Pos::Function,
        Pos::Idiom,
        Pos::Other,
        Pos::Latin,
        Pos::Mark,
        Pos::Space,
    ];

    /// Whether it names one person, place, organisation or thing.
    pub fn is_name(self) -> bool {
        matches!(self, Pos::Person | Pos::Place | Pos::Organisation | Pos::Proper)
    }

    /// Whether words of this kind carry meaning that a translation renders: nouns, verbs, adjectives, adverbs,
    /// names, set phrases, and what is not known.
    pub fn is_content(self) -> bool {
        !matches!(self, Pos::Numeral | Pos::Measure | Pos::Function | Pos::Latin | Pos::Mark | Pos::Space)
    }
}

/// Costs are −ln p in steps of 1/12, one byte each.
pub const COST_SCALE: f32 = 12.0;
/// Records whose postings share one entry of the postings index.
pub const GROUP: usize = 16;
/// Records whose texts are compressed together.
pub const TEXT_BLOCK: usize = 512;
/// Bytes of a syllable, padded.
pub const SYLLABLE: usize = 6;
/// What kinds of things an English word names, and what else it mostly is: a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kinds(pub u8);

impl Kinds {
    /// Persons, groups of them, animals.
    pub const ACTOR: u8 = 1;
    /// Places.
    pub const PLACE: u8 = 2;
    /// Times and amounts.
    pub const TIME: u8 = 4;
    /// What can be touched or owned.
    pub const THING: u8 = 8;
    /// What else a noun names.
    pub const NOTION: u8 = 16;
    /// Any of these.
    pub const NOUN: u8 = 31;
    /// Mostly a verb.
    pub const VERB: u8 = 32;
    /// Mostly an adjective or an adverb.
    pub const ADJECTIVE: u8 = 64;

    /// Whether any of some kinds is among them.
    pub fn are(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }

    /// Whether nothing is known of the word.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }
}

/// The first character that [`Character`] records exist for.
pub const FIRST_CHARACTER: u32 = 0x3400;
/// The last one.
pub const LAST_CHARACTER: u32 = 0x9fff;

/// What the segmentation index holds of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordValue {
    /// −ln p in steps of 1/[`COST_SCALE`].
    pub cost: u8,
    /// Its usual part of speech.
    pub pos: Pos,
}

impl WordValue {
    /// The value stored in the index.
    pub fn pack(self) -> u64 {
        u64::from(self.cost) << 4 | self.pos as u64
    }

    /// The reverse of [`WordValue::pack`].
    pub fn unpack(value: u64) -> WordValue {
        WordValue { cost: (value >> 4) as u8, pos: Pos::ALL[(value & 15) as usize] }
    }
}

/// What is known of a character, eight bytes each from [`FIRST_CHARACTER`] to [`LAST_CHARACTER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Character {
    /// The code point of its simplified form, itself for most.
    pub simplified: u16,
    /// Where its readings begin in the list of readings; that list is empty at 0.
    pub readings: u16,
    /// −ln p of the character as a surname, in steps of 1/[`COST_SCALE`]; 0: it is no surname.
    pub surname: u8,
    /// −ln p of the character in a given name; 0: hardly ever in one.
    pub given: u8,
    /// −ln p of the character in a foreign name written by its sound; 0: never seen in one.
    pub transcription: u8,
    /// −ln p of the character as a word of its own; 255: never seen so.
    pub alone: u8,
}

impl Character {
    /// Bytes of a record.
    pub const SIZE: usize = 8;

    /// The record as stored.
    pub fn pack(self) -> [u8; Character::SIZE] {
        let [s0, s1] = self.simplified.to_le_bytes();
        let [r0, r1] = self.readings.to_le_bytes();
        [s0, s1, r0, r1, self.surname, self.given, self.transcription, self.alone]
    }

    /// The record of `character` in `table`, `None` outside the range of the table.
    pub fn find(table: &[u8], character: char) -> Option<Character> {
        let index = u32::from(character).checked_sub(FIRST_CHARACTER)? as usize;
        let start = index * Character::SIZE;
        let &[s0, s1, r0, r1, surname, given, transcription, alone] =
            table.get(start..start + Character::SIZE)?
        else {
            return None;
        };
        Some(Character {
            simplified: u16::from_le_bytes([s0, s1]),
            readings: u16::from_le_bytes([r0, r1]),
            surname,
            given,
            transcription,
            alone,
        })
    }
}

/// One posting: a stem that occurs in a gloss of the headword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The number of the stem.
    pub stem: u32,
    /// The rank of the best gloss it occurs in, from 0, at most 15.
    pub rank: u8,
    /// How many content words that gloss has, from 1, at most 15.
    pub words: u8,
}

/// Appends a record: its length in bytes as a varint, then for each posting `rank << 4 | words` and the stem as a
/// varint.
pub fn write_postings(postings: &[Posting], out: &mut Vec<u8>) {
    let mut body = Vec::new();
    for posting in postings {
        body.push(posting.rank << 4 | posting.words & 15);
        write_varint(posting.stem, &mut body);
    }
    write_varint(body.len() as u32, out);
    out.extend(body);
}

/// The body of the record number `record`, for [`read_posting`]; `None` when there is no such record.
pub fn postings_of<'a>(data: &'a [u8], index: &[u8], record: usize) -> Option<&'a [u8]> {
    let start = read_u32(index, record / GROUP)? as usize;
    let mut rest = data.get(start..)?;
    for _ in 0..record % GROUP {
        let (length, after) = read_varint(rest)?;
        rest = after.get(length as usize..)?;
    }
    let (length, after) = read_varint(rest)?;
    after.get(..length as usize)
}

/// The first posting in the body of a record, and the body after it.
pub fn read_posting(body: &[u8]) -> Option<(Posting, &[u8])> {
    let (&head, rest) = body.split_first()?;
    let (stem, rest) = read_varint(rest)?;
    Some((Posting { stem, rank: head >> 4, words: head & 15 }, rest))
}

/// Entry number `index` of a table of `u32`, little endian.
pub fn read_u32(table: &[u8], index: usize) -> Option<u32> {
    let start = index.checked_mul(4)?;
    let bytes = table.get(start..start.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn write_varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn read_varint(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for (place, &byte) in bytes.iter().enumerate().take(5) {
        value |= u32::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Some((value, &bytes[place + 1..]));
        }
    }
    None
}
