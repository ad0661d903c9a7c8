namespace Smi.Deid.Text.Formats;

/// <summary>Check digits of patient numbers.</summary>
internal static class CheckDigits
{
    /// <summary>NHS, CHI and H&amp;C numbers: ten digits, weights 10 to 2, modulus 11.</summary>
    public static bool IsNhsNumber(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 10) return false;
        var sum = 0;
        for (var index = 0; index < 9; index++) sum += (digits[index] - '0') * (10 - index);
        var check = 11 - sum % 11;
        return check != 10 && check % 11 == digits[9] - '0';
    }

    /// <summary>The first six digits of a CHI number are the birth date, ddMMyy.</summary>
    public static bool BeginsWithBirthDate(ReadOnlySpan<char> digits) =>
        digits.Length >= 6 && int.Parse(digits[..2]) is >= 1 and <= 31 && int.Parse(digits[2..4]) is >= 1 and <= 12;
}
