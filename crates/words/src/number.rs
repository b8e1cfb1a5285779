//! Numbers and days as each language writes them on screen. Official documents have their own rules, in the domain.

use crate::Language;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Language {
    /// `1.600` in Vietnamese, `1,600` in English.
    pub fn number(self, count: u64) -> String {
        let digits = count.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(self.thousands());
            }
            out.push(digit);
        }
        out
    }

    /// A number in tenths, `995` as `99,5` or `99.5`; whole ones without a decimal: `1000` as `100`.
    pub fn tenths(self, tenths: u64) -> String {
        let whole = self.number(tenths / 10);
        match tenths % 10 {
            0 => whole,
            rest => format!("{whole}{}{rest}", self.decimal()),
        }
    }

    /// `20/11/2020` in Vietnamese, `20 Nov 2020` in English. A month outside 1 to 12 is written as a number.
    pub fn day(self, year: i16, month: i8, day: i8) -> String {
        let name = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index));
        match (self, name) {
            (Language::En, Some(name)) => format!("{day} {name} {year}"),
            _ => format!("{day:02}/{month:02}/{year:04}"),
        }
    }

    /// [`Language::day`] with `08:30` after it.
    pub fn instant(self, (year, month, day): (i16, i8, i8), (hour, minute): (i8, i8)) -> String {
        format!("{} {hour:02}:{minute:02}", self.day(year, month, day))
    }

    const fn thousands(self) -> char {
        match self {
            Language::Vi => '.',
            Language::En => ',',
        }
    }

    const fn decimal(self) -> char {
        match self {
            Language::Vi => ',',
            Language::En => '.',
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Language::{En, Vi};

    #[test]
    fn each_language_has_its_own_marks_in_numbers() {
        assert_eq!([Vi.number(1_600), En.number(2_682_057)], ["1.600", "2,682,057"]);
        assert_eq!([Vi.number(513), En.number(0)], ["513", "0"]);
        assert_eq!([Vi.tenths(995), En.tenths(995), Vi.tenths(1000)], ["99,5", "99.5", "100"]);
    }

    #[test]
    fn days_are_written_day_first() {
        assert_eq!([Vi.day(2020, 1, 5), En.day(2020, 1, 5)], ["05/01/2020", "5 Jan 2020"]);
        assert_eq!(En.day(2020, 13, 5), "05/13/2020");
        assert_eq!(Vi.instant((2020, 11, 20), (8, 5)), "20/11/2020 08:05");
    }
}
