using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Smi.Deid.Tags.Ctp.Functions;

/// <summary>The hash family. All of it is MD5 printed as one decimal number: fixed by the language, and no secret is in it.</summary>
internal static class HashFunctions
{
    private const int LongestUid = 64;
    private const int DefaultNameLength = 4;

    public static Expression Hash(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count == 0)
        {
            return ElementFunctions.ArgumentsAsText(call, scope, "@hash(Name,length)");
        }

        var element = scope.Element(call, 0);
        if (call.Arguments.Count > 1 && scope.Parameter(call, 1) is null)
        {
            return new Computed(run => element.Read(run) is null ? Removed(run) : call.ArgumentText);
        }

        var length = Length(call, 1, scope);
        return new Computed(run => element.Read(run) is { } value ? Shortened(Md5(value), length) : Removed(run));
    }

    public static Expression HashPatientId(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count < 2)
        {
            return ElementFunctions.ArgumentsAsText(call, scope, "@hashptid(@SITEID,PatientID,length)");
        }

        var site = JavaText.Trim(scope.Parameter(call, 0) ?? "");
        var element = scope.Element(call, 1);
        var length = Length(call, 2, scope);
        return new Computed(run => Shortened(Md5($"[{site}]{JavaText.Trim(element.Read(run) ?? "")}"), length));
    }

    public static Expression HashName(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count < 2)
        {
            return ElementFunctions.ArgumentsAsText(call, scope, "@hashname(PatientName,length,words)");
        }

        var element = scope.Element(call, 0);
        var length = JavaText.ParseInt(scope.Parameter(call, 1)) ?? DefaultNameLength;
        var words = call.Arguments.Count > 2 ? JavaText.ParseInt(scope.Parameter(call, 2)) ?? int.MaxValue : int.MaxValue;
        words = words <= 0 ? int.MaxValue : words;
        return new Computed(run => Shortened(Md5(Letters(element.Read(run) ?? "", words)), length < 1 ? int.MaxValue : length));
    }

    public static Expression HashUid(CallSyntax call, CompileScope scope)
    {
        const string Form = "@hashuid(@UIDROOT,this)";
        if (call.Arguments.Count < 2)
        {
            return ElementFunctions.ArgumentsAsText(call, scope, Form);
        }

        var element = scope.Element(call, 1);
        var other = call.Arguments.Count > 2 ? scope.Element(call, 2) : null;
        var root = scope.Parameter(call, 0);
        CheckRoot(root, call, scope);
        var prefix = root is null ? null : JavaText.Trim(root.EndsWith('.') ? root : root + ".");
        return new Computed(run =>
        {
            if (element.Read(run) is not { } uid)
            {
                return Removed(run);
            }

            uid += other?.FindTag(run) is { } tag ? run.EvaluateOther(tag) ?? "" : "";
            return prefix is null ? call.ArgumentText : Shortened(prefix + Md5(uid), LongestUid);
        });
    }

    /// <summary>The digest of the UTF-8 bytes as one decimal number without leading zeros.</summary>
    public static string Md5(string text)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // The language fixes the algorithm.
        MD5.HashData(Encoding.UTF8.GetBytes(text), digest);
#pragma warning restore CA5351
        return BinaryPrimitives.ReadUInt128BigEndian(digest).ToString(CultureInfo.InvariantCulture);
    }

    // 39 digits follow the root, and 64 characters are all a UID has: what is cut off makes different UIDs equal.
    private static void CheckRoot(string? root, CallSyntax call, CompileScope scope)
    {
        const int LongestRoot = 40;
        if (root is not null && (root.Length > LongestRoot || root.Any(character => !char.IsAsciiDigit(character) && character != '.')))
        {
            scope.Faults.Warn(call.At, $"the root of @hashuid is no UID root of at most {LongestRoot} digits and points, so the results are no UIDs or not unique; put your own root into the script");
        }
    }

    private static string Removed(Evaluation run)
    {
        run.Produce(Directives.Remove);
        return DirectiveText.Remove;
    }

    private static int Length(CallSyntax call, int index, CompileScope scope)
    {
        if (index >= call.Arguments.Count)
        {
            return int.MaxValue;
        }

        var text = scope.Parameter(call, index);
        var length = JavaText.ParseInt(text);
        if (length is null && text is { Length: > 0 })
        {
            scope.Faults.Warn(call.At, $"\"{call.Arguments[index]}\" is no length, so the whole hash is written; write a whole number");
        }

        return length is { } number && number >= 1 ? number : int.MaxValue;
    }

    private static string Shortened(string text, int length) => text.Length <= length ? text : text[..length];

    private static string Letters(string name, int words)
    {
        var kept = string.Concat(JavaText.Split(name, '^').Take(words));
        return JavaText.ToUpper(string.Concat(kept.Where(character => character is not (',' or '\'' or '^' or '.') && !JavaText.IsWhiteSpace(character))));
    }
}
