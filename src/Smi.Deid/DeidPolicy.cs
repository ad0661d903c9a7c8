using System.Security.Cryptography;
using System.Text;
using Smi.Deid.Pixels;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tags.Ctp;
using Smi.Deid.Tags.Profile;
using Smi.Deid.Text;

namespace Smi.Deid;

/// <summary>What is to be done to files, apart from the key. Two processes with the same policy and key write the same bytes.</summary>
public sealed record DeidPolicy
{
    public RetainOptions Retain { get; init; }

    public CleanOptions Clean { get; init; }

    /// <summary>
    /// The same Patient ID of two issuers means two patients. Off by default: archives hold files of one patient with and without an
    /// issuer, and those must stay together.
    /// </summary>
    public bool IssuerSeparatesPatients { get; init; }

    /// <summary>The CTP script that decides about attributes; null for the profile.</summary>
    public CtpScript? Script { get; init; }

    /// <summary>Replacements for Patient IDs that the site has chosen itself; null for keyed pseudonyms, or what the script makes of them.</summary>
    public IPatientIdTable? PatientIds { get; init; }

    /// <summary>The private attributes that <see cref="RetainOptions.SafePrivate"/> retains.</summary>
    public SafePrivateAttributes SafePrivate { get; init; } = SafePrivateAttributes.Standard;

    /// <summary>Comparison with the original CTP: verification reports instead of refusing, and nothing is added to the output.</summary>
    public bool IsStrictCtp { get; init; }

    /// <summary>Profiles refuse a DICOMDIR; scripts handle it like any data set.</summary>
    public bool RefusesDirectories { get; init; } = true;

    /// <summary>What is done about burned-in text, where <see cref="Clean"/> has pixels.</summary>
    public PixelPolicy Pixels { get; init; } = new();

    /// <summary>What takes the place of what is cut from texts, and the site's own word lists and rules.</summary>
    public TextPolicy Text { get; init; } = new();

    /// <summary>Text of the tag script and of other rule files, for <see cref="Fingerprint"/>.</summary>
    public IReadOnlyList<string> RuleTexts { get; init; } = [];

    /// <summary>Names this policy in logs and audit records.</summary>
    public string Fingerprint
    {
        get
        {
            var policy = $"{(int)Retain}/{(int)Clean}/{IsStrictCtp}/{IssuerSeparatesPatients}\n{string.Join('\n', RuleTexts)}\n{PatientIds?.Description}\n{SafePrivate.Description}\n{Pixels.Description}\n{Text.Description}";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policy)))[..16];
        }
    }

    /// <summary>The reason why these options cannot go together, or null.</summary>
    public string? Contradiction =>
        Retain.HasFlag(RetainOptions.LongitudinalFullDates | RetainOptions.LongitudinalModifiedDates)
            ? "full-dates and modified-dates contradict each other; choose one"
            : null;
}
