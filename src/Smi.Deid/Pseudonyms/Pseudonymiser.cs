using System.Numerics;
using Smi.Dicom;

namespace Smi.Deid.Pseudonyms;

/// <summary>
/// Replacements that are keyed and never stored: the same original under the same project key gives the same replacement in every
/// file, process and machine.
/// </summary>
public sealed class Pseudonymiser(ProjectKey key)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int TokenLength = 16;

    /// <summary>Ten years. Dates move back by more than that, so that none moves onto another true date of these years, and by twice that at the most.</summary>
    private const int ShiftRange = 3652;

    /// <summary><c>2.25.</c> and a version 8 UUID in decimal (PS3.5 B.2); UIDs of the standard itself stay as they are.</summary>
    public string Uid(string original)
    {
        if (UidRegistry.IsWellKnown(original))
        {
            return original;
        }

        var uuid = key.Mac("uid", original).AsSpan(0, 16);
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(uuid, isUnsigned: true, isBigEndian: true);
    }

    public string PatientId(PatientIdentity patient) => Token("patient-id", patient.Key);

    /// <summary>Stands for the name of the patient: a family name and an empty given name, since a name without any ^ is of a retired form.</summary>
    public string PatientName(PatientIdentity patient) => Token("patient-name", patient.Key) + "^";

    /// <summary>Stands for the name of anybody else, in the same form.</summary>
    public string PersonName(string original) => Token("person-name", original) + "^";

    /// <summary>16 letters and digits of Base32 (80 bits).</summary>
    /// <param name="kind">Keeps equal originals of different meaning apart.</param>
    public string Token(string kind, string original)
    {
        var mac = key.Mac(kind, original);
        var bits = new BigInteger(mac.AsSpan(0, 10), isUnsigned: true);
        return string.Create(TokenLength, bits, static (characters, value) =>
        {
            for (var index = 0; index < characters.Length; index++)
            {
                characters[index] = Base32[(int)((value >> (5 * index)) & 31)];
            }
        });
    }

    /// <summary>Days to add to every date of this patient: between -7304 and -3653, the same for all, so that intervals survive.</summary>
    public int DateShift(PatientIdentity patient)
    {
        var number = BitConverter.ToUInt32(key.Mac("date-shift", patient.Key).AsSpan(0, 4));
        return -1 - ShiftRange - (int)(number % ShiftRange);
    }
}
