//! Our words as tokens of tantivy.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::words::{Memory, Words, words};

/// Name of the tokenizer that gives every word without marks.
pub(crate) const FOLDED: &str = "vi_folded";
/// Name of the tokenizer that gives only words with marks, as they are written.
pub(crate) const MARKED: &str = "vi_marked";

#[derive(Default)]
struct Syllables {
    only_marked: bool,
    memory: Memory,
    token: Token,
}

impl Clone for Syllables {
    /// A copy starts with an empty memory.
    fn clone(&self) -> Self {
        Self { only_marked: self.only_marked, ..Self::default() }
    }
}

struct Stream<'a> {
    text: &'a str,
    words: Words<'a>,
    only_marked: bool,
    memory: &'a mut Memory,
    token: &'a mut Token,
}

impl Tokenizer for Syllables {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        Stream {
            text,
            words: words(text),
            only_marked: self.only_marked,
            memory: &mut self.memory,
            token: &mut self.token,
        }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        for range in self.words.by_ref() {
            self.token.position = self.token.position.wrapping_add(1);
            let forms = self.memory.forms(&self.text[range.clone()]);
            if self.only_marked && !forms.marked() {
                continue;
            }
            self.token.text.clear();
            self.token.text.push_str(if self.only_marked { &forms.key } else { &forms.fold });
            self.token.offset_from = range.start;
            self.token.offset_to = range.end;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Makes the tokenizers known to an index.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(FOLDED, TextAnalyzer::from(Syllables::default()));
    tokenizers.register(MARKED, TextAnalyzer::from(Syllables { only_marked: true, ..Syllables::default() }));
}
