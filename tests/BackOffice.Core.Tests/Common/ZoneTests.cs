namespace BackOffice.Core.Tests.Common;

public sealed class ZoneTests
{
    [Fact]
    public void Finds_every_name_it_lists() => Assert.All(Zone.Names, name => Assert.NotNull(Zone.Of(name)));

    [Theory]
    [InlineData("")]
    [InlineData("Berlin")]
    [InlineData("europe/berlin")]
    [InlineData("W. Europe Standard Time")]
    public void Refuses_what_is_not_in_the_tz_database(string name) =>
        Assert.Contains($"\"{name}\" is not a time zone", Assert.Throws<RuleBroken>(() => Zone.Of(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_are_in_order() => Assert.Equal(Zone.Names.Order(StringComparer.Ordinal), Zone.Names);

    [Fact]
    public void Says_which_version_of_the_data_it_uses() => Assert.Matches("^TZDB: 20[0-9]{2}[a-z]", Zone.DataVersion);
}
