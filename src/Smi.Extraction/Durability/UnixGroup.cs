using System.Globalization;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Durability;

/// <summary>Groups of this machine.</summary>
internal static class UnixGroup
{
    /// <summary>The number of a group given by name or number.</summary>
    public static uint Find(string section, string group)
    {
        if (uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var entry = File.ReadLines("/etc/group").Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 2 && fields[0] == group);
        return entry is not null
            ? uint.Parse(entry[2], CultureInfo.InvariantCulture)
            : throw new SettingsException($"{section}.OutputGroup: this machine has no group {group}");
    }
}
