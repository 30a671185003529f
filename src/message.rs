//! What findings say, in every language of the interface.

/// A language of the interface. It has nothing to do with the languages of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Tongue {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Chinese, in simplified characters.
    #[serde(rename = "zh")]
    Chinese,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Tongue; 2] = [Tongue::English, Tongue::Chinese];

    /// The name in settings, which is the language tag: "en" or "zh".
    pub fn as_str(self) -> &'static str {
        match self {
            Tongue::English => "en",
            Tongue::Chinese => "zh",
        }
    }

    /// The language of that name.
    pub fn parse(name: &str) -> Option<Tongue> {
        Tongue::ALL.into_iter().find(|tongue| tongue.as_str() == name)
    }

    /// One of two wordings.
    pub fn pick<T>(self, english: T, chinese: T) -> T {
        match self {
            Tongue::English => english,
            Tongue::Chinese => chinese,
        }
    }
}

/// The same said in every language of the interface. Both wordings are made where the fault is found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Message {
    en: String,
    zh: String,
}

impl Message {
    /// Puts the two wordings together.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Message {
        Message { en: en.into(), zh: zh.into() }
    }

    /// Words of which only one wording is known, as when they come from a report.
    pub fn alike(words: &str) -> Message {
        Message::new(words, words)
    }

    /// What is to be said of words that the other side lacks.
    pub fn no_counterpart() -> Message {
        Message::new("no counterpart", "另一侧无对应内容")
    }

    /// The wording of one language.
    pub fn said(&self, tongue: Tongue) -> &str {
        tongue.pick(&self.en, &self.zh)
    }
}
