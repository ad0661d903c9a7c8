using Smi.Extraction.IsIdentifiable;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.IsIdentifiable;

public sealed class RuleTests
{
    private const string Rules = """
        BasicRules:
          - Action: Ignore
            IfColumn: StudyDescription
            IfPattern: ^HEAD$
          - Action: Report
            IfColumn: ProtocolName
            CaseSensitive: true
            IfPattern: "[A-Z]{4,}MR[0-9]{1,2}"
            As: Person
          - Action: Report
            IfPattern: secret
            As: PrivateIdentifier
        WhiteListRules:
          - Action: Ignore
            IfPartPattern: ^AXIALMR1$
            As: Person
        """;

    [Theory]
    [InlineData("ProtocolName", "see SMITHJOHNMR1", "SMITHJOHNMR1")]
    [InlineData("ProtocolName", "see smithjohnmr1", null)]
    [InlineData("SeriesDescription", "SMITHJOHNMR1", null)]
    [InlineData("ProtocolName", "AXIALMR1", null)]
    [InlineData("StudyDescription", "HEAD", null)]
    [InlineData("StudyDescription", "a SECRET head", "SECRET")]
    public async Task Rules_report_by_column_and_pattern_and_the_allow_list_takes_back(string column, string value, string? word)
    {
        using var rules = Read(Rules);

        var parts = await rules.FindAsync(column, value, [], TestContext.Current.CancellationToken);

        Assert.Equal(word, parts.SingleOrDefault()?.Word);
        Assert.Equal(word is null ? 0 : value.IndexOf(word, StringComparison.Ordinal), parts.SingleOrDefault()?.Offset ?? 0);
    }

    [Fact]
    public async Task A_consensus_reports_only_what_all_of_its_rules_report()
    {
        using var rules = Read("""
            ConsensusRules:
              - Rules:
                  - Action: Report
                    IfPattern: Anna|Bob
                    As: Person
                  - Action: Report
                    IfPattern: Bob|Carl
                    As: Person
            """);

        var parts = await rules.FindAsync("X", "Anna Bob Carl", [], TestContext.Current.CancellationToken);

        Assert.Equal("Bob", Assert.Single(parts).Word);
    }

    [Fact]
    public async Task A_consensus_ignores_only_what_all_of_its_rules_ignore()
    {
        using var rules = Read("""
            ConsensusRules:
              - Rules:
                  - Action: Ignore
                    IfPattern: Anna
                  - Action: Ignore
                    IfPattern: Bob
            """);
        FailurePart[] also = [new() { Word = "DD1 9SY", Classification = FailureClassification.Postcode, Offset = 9 }];

        Assert.Single(await rules.FindAsync("X", "Anna", also, TestContext.Current.CancellationToken));
        Assert.Empty(await rules.FindAsync("X", "Anna Bob", also, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Smith secret", 2)]
    [InlineData("Smith secret of the HEAD", 0)]
    public async Task Rules_that_ignore_come_first_wherever_they_stand_and_the_allow_list_covers_rules_only(string value, int count)
    {
        using var rules = Read("""
            AllowlistRules:
              - Action: Ignore
                IfPartPattern: ^Smith$
              - Action: Ignore
                IfPartPattern: ^0101701236$
            BasicRules:
              - Action: Report
                IfPattern: secret|Smith
                As: Person
              - Action: Ignore
                IfPattern: HEAD
            """);
        FailurePart[] also = [new() { Word = "0101701236", Classification = FailureClassification.PrivateIdentifier, Offset = 0 }];

        Assert.Equal(count, (await rules.FindAsync("StudyDescription", value, also, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public void The_rule_files_of_the_original_load_where_they_are_at_hand()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "rules", "isidentifiable");
        if (!Directory.Exists(folder))
        {
            return;
        }

        var reader = new RuleFileReader();
        reader.ReadAll(null, folder);
        using var rules = reader.Build();
        Assert.True(rules.Count > 400, $"{rules.Count} rules");
    }

    [Theory]
    [InlineData("BasicRules:\n  - Action: Report\n    IfPattern: '('", "line 3")]
    [InlineData("BasicRules:\n  - Action: Report\n    Pattern: x", "line 3")]
    [InlineData("BasicRules:\n  - Action: Ignore\n    As: Person", "every value")]
    [InlineData("BasicRule:\n  - Action: Report", "line 1")]
    public void A_reporting_rule_that_cannot_be_followed_is_an_error_with_its_line(string yaml, string line) =>
        Assert.Contains(line, Assert.Throws<SettingsException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_rule_that_would_allow_everything_is_left_out_and_noted()
    {
        var reader = new RuleFileReader();
        reader.Read(new StringReader("AllowlistRules:\n  - Action: Ignore"), "rules.yaml");

        Assert.Equal(0, reader.Build().Count);
        Assert.Single(reader.Notes);
    }

    [Fact]
    public void Reports_are_written_as_IsIdentifiable_writes_them_and_read_back()
    {
        var failure = new ValueFailure
        {
            Parts = [new() { Word = "Smith", Classification = FailureClassification.Person, Offset = 9 }],
            Resource = "a.dcm",
            ResourcePrimaryKey = "1.2.3",
            ProblemField = "StudyDescription",
            ProblemValue = "Seen by Smith",
        };

        var json = FailureReport.Write([failure]);

        Assert.Equal(
            """[{"Parts":[{"Word":"Smith","Classification":3,"Offset":9}],"Resource":"a.dcm","ResourcePrimaryKey":"1.2.3","ProblemField":"StudyDescription","ProblemValue":"Seen by Smith"}]""",
            json);
        Assert.Equal("Smith", FailureReport.TryRead(json)?[0].Parts[0].Word);
        Assert.Null(FailureReport.TryRead("some exception text"));
    }

    [Theory]
    [InlineData("CHI 0101701236", FailureClassification.PrivateIdentifier)]
    [InlineData("CHI 3213701236", FailureClassification.None)]
    [InlineData("CHI 01017012367", FailureClassification.None)]
    [InlineData("lives at DD1 9SY now", FailureClassification.Postcode)]
    [InlineData("lives at DD19SY now", FailureClassification.Postcode)]
    [InlineData("seen 12/03/2019", FailureClassification.Date)]
    [InlineData("seen on the 12th of March", FailureClassification.Date)]
    [InlineData("seen 12-Mar-2019", FailureClassification.Date)]
    [InlineData("seen March 12, 2019", FailureClassification.Date)]
    [InlineData("MAR 3 axial, T2 3D", FailureClassification.None)]
    [InlineData("5 mm slices, 120 kV", FailureClassification.None)]
    public void Postcodes_and_dates_are_found_without_rules_and_other_numbers_are_not(string text, FailureClassification classification)
    {
        var found = new CommonIdentifiers(SettingsLoader.Read(new StringReader(""), "x.yaml").IsIdentifiable).Find(text);

        Assert.Equal(classification, found is [var first, ..] ? first.Classification : FailureClassification.None);
    }

    private static RuleSet Read(string yaml)
    {
        var reader = new RuleFileReader();
        reader.Read(new StringReader(yaml), "rules.yaml");
        return reader.Build();
    }
}
