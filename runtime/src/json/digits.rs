//! Integers in decimal digits. Those below 1,000, as most that an error tells, are looked up; the others are
//! left to `itoa`.

use super::Buffer;

/// The numbers below 1,000, each in four bytes, with spaces behind it.
static DIGITS: [u8; 4000] = {
    const DECIMAL: &[u8; 10] = b"0123456789";
    let mut digits = [b' '; 4000];
    let mut number = 0;
    while number < 1000 {
        let mut rest = number;
        let mut place = number * 4 + length(number);
        while place > number * 4 {
            place -= 1;
            digits[place] = DECIMAL[rest % 10];
            rest /= 10;
        }
        number += 1;
    }
    digits
};

static TEXT: &str = match str::from_utf8(&DIGITS) {
    Ok(text) => text,
    Err(_) => "",
};

/// How many digits a number below 1,000 has.
const fn length(number: usize) -> usize {
    1 + (number >= 10) as usize + (number >= 100) as usize
}

/// The digits of a number below 1,000 as constant text.
pub(crate) fn small_number(number: u64) -> Option<&'static str> {
    let number = usize::try_from(number).ok().filter(|number| *number < 1000)?;
    TEXT.get(number * 4..number * 4 + length(number))
}

/// Appends an integer in decimal digits.
#[inline]
pub(crate) fn push_integer<I: itoa::Integer + Copy + TryInto<usize>>(out: &mut Buffer, value: I) {
    if let Ok(number) = value.try_into()
        && let Some(digits) = DIGITS.as_chunks().0.get(number)
    {
        out.push_first::<4>(digits, length(number));
    } else {
        push_large(out, value);
    }
}

#[inline(never)]
fn push_large(out: &mut Buffer, value: impl itoa::Integer) {
    out.push_str(itoa::Buffer::new().format(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_display() {
        for number in (0..1100_u64).chain([9_999, u64::MAX]) {
            let mut out = Buffer::new();
            push_integer(&mut out, number);
            assert_eq!(out.as_slice(), number.to_string().as_bytes());
            assert_eq!(small_number(number), (number < 1000).then(|| number.to_string()).as_deref());
        }
        for number in [0, 7, -1, -100, i64::MIN, i64::MAX] {
            let mut out = Buffer::new();
            push_integer(&mut out, number);
            assert_eq!(out.as_slice(), number.to_string().as_bytes());
        }
    }
}
