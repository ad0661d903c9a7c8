using System.Globalization;

namespace Smi.Deid.Tags.Ctp.Functions;

/// <summary>Functions that move dates, and the clock.</summary>
internal static class DateFunctions
{
    private const int ShortestDate = 8;
    private const int LongestHashShift = 3650;

    public static Expression IncrementDate(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count == 0)
        {
            return Unusable(call, scope, "@incrementdate(this,days)");
        }

        var element = scope.Element(call, 0);
        var days = DaysOf(call, scope);
        return new Computed(run => Each(run, element.Read(run), date => days(run) is { } count ? ScriptDate.Shift(date, count, run.IsStrict) : null));
    }

    public static Expression ModifyDate(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count < 4 || Enumerable.Range(1, 3).Any(index => scope.Parameter(call, index) is null))
        {
            return call.Arguments.Count == 0
                ? Unusable(call, scope, "@modifydate(this,*,*,1)")
                : EmptyOrRemoved(scope.Element(call, 0), call, scope);
        }

        var element = scope.Element(call, 0);
        var (year, month, day) = (Part(call, 1, scope), Part(call, 2, scope), Part(call, 3, scope));
        return new Computed(run => Each(run, element.Read(run), date => ScriptDate.Replace(date, year, month, day, run.IsStrict)));
    }

    public static Expression HashDate(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count < 2)
        {
            return call.Arguments.Count == 0
                ? Unusable(call, scope, "@hashdate(this,PatientID)")
                : EmptyOrRemoved(scope.Element(call, 0), call, scope);
        }

        var (element, hashed) = (scope.Element(call, 0), scope.Element(call, 1));
        return new Computed(run =>
        {
            var date = element.Read(run);
            if (date is null or { Length: < ShortestDate })
            {
                return Each(run, date, _ => null);
            }

            return hashed.Read(run) is { } key ? Each(run, date, part => ScriptDate.Shift(part, -DaysBack(key), run.IsStrict)) : Removed(run);
        });
    }

    public static Expression DateInterval(CallSyntax call, CompileScope scope)
    {
        const string Form = "@dateinterval(this,keytype,PatientID)";
        if (call.Arguments.Count < 3)
        {
            return ElementFunctions.MissingArguments(call, scope, Form);
        }

        var (element, key, keyType) = (scope.Element(call, 0), scope.Element(call, 2), call.Arguments[1]);
        var origin = call.Arguments.Count > 3 ? scope.Parameter(call, 3) : null;
        var hasOrigin = call.Arguments.Count > 3;
        var table = scope.Lookup;
        if (table is null)
        {
            scope.Faults.Warn(call.At, "@dateinterval has no table, so files that reach it are refused; give one with --lookup FILE");
        }

        var reason = $"the interval at line {call.At.Line} of the script cannot be computed";
        return new Computed(run => Interval(run, element, key, keyType, table) is { } days && (hasOrigin ? Moved(origin, days, run) : Print(days)) is { } text
            ? text
            : run.Refuse(reason));
    }

    public static Expression Date(CallSyntax call)
    {
        var separator = call.Unquoted(0);
        return new Computed(run => string.Join(separator, Print(run.Now.Year, 4), Print(run.Now.Month, 2), Print(run.Now.Day, 2)));
    }

    public static Expression Time(CallSyntax call)
    {
        var separator = call.Unquoted(0);
        return new Computed(run => string.Join(separator, Print(run.Now.Hour, 2), Print(run.Now.Minute, 2), Print(run.Now.Second, 2)));
    }

    // Missing is removed, too short or not a date is emptied, and of several values each is moved.
    private static string Each(Evaluation run, string? value, Func<string, string?> move)
    {
        if (value is null)
        {
            return Removed(run);
        }

        if (value.Length < ShortestDate)
        {
            return Emptied(run);
        }

        var moved = JavaText.Split(value, '\\').Select(move).ToArray();
        return moved.Contains(null) ? Emptied(run) : string.Join('\\', moved);
    }

    private static string Removed(Evaluation run)
    {
        run.Produce(Directives.Remove);
        return DirectiveText.Remove;
    }

    private static string Emptied(Evaluation run)
    {
        run.Produce(Directives.Empty);
        return DirectiveText.Empty;
    }

    private static Literal Unusable(CallSyntax call, CompileScope scope, string form)
    {
        scope.Faults.Warn(call.At, $"@{call.Name} lacks an argument, so the result is always empty; write {form}");
        return new Literal(DirectiveText.Empty);
    }

    private static Computed EmptyOrRemoved(ElementReference element, CallSyntax call, CompileScope scope)
    {
        scope.Faults.Warn(call.At, $"@{call.Name} lacks an argument or a parameter, so the result is always empty");
        return new Computed(run => element.Read(run) is null ? Removed(run) : Emptied(run));
    }

    private static Func<Evaluation, long?> DaysOf(CallSyntax call, CompileScope scope)
    {
        if (call.Arguments.Count == 3)
        {
            var (key, keyType) = (scope.Element(call, 1), scope.Parameter(call, 2) ?? "null");
            return run => key.Read(run) is { } value ? JavaText.ParseLong(scope.Lookup?.Find(keyType, value)) : null;
        }

        var text = call.Arguments.Count == 2 ? scope.Parameter(call, 1) : null;
        var days = JavaText.ParseLong(text);
        if (days is null)
        {
            scope.Faults.Warn(call.At, "@incrementdate has no whole number of days, so the result is always empty; write @incrementdate(this,days)");
        }

        return _ => days;
    }

    private static int? Part(CallSyntax call, int index, CompileScope scope) =>
        JavaText.ParseInt(JavaText.Trim(scope.Parameter(call, index) ?? "")) is { } number && number >= 0 ? number : null;

    private static int DaysBack(string key)
    {
        var hash = HashFunctions.Md5(key);
        var days = int.Parse(hash[Math.Max(0, hash.Length - 4)..], CultureInfo.InvariantCulture) % LongestHashShift;
        return days == 0 ? 1 : days;
    }

    private static long? Interval(Evaluation run, ElementReference element, ElementReference key, string keyType, CtpLookupTable? table)
    {
        var date = element.Read(run) ?? "";
        // The key comes from the data set around the present item.
        var around = run.DataSet.Parent ?? run.DataSet;
        var id = key.IsThis ? run.TextOf(run.This) : key.ReadIn(around, run);
        var start = ScriptDate.ParsePlain(date.Length > ShortestDate ? date[..ShortestDate] : date);
        var end = ScriptDate.ParseAmerican(table?.Find(keyType, id ?? ""));
        return start - end;
    }

    private static string? Moved(string? origin, long days, Evaluation run) =>
        origin is null ? null : ScriptDate.Shift(origin, days, run.IsStrict);

    private static string Print(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Print(int number, int digits) => number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
}
