using BackOffice.Core.Common;
using BackOffice.Data.Identity;
using BackOffice.Web.Features.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BackOffice.Web.Tests.Features.Users;

public sealed class UserTests
{
    [Fact]
    public async Task An_added_person_has_the_roles_and_a_one_time_password()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);

        var password = "";
        await test.As<AddUser>(ana, async add => password = await add.Run(new("Otto", "otto@example.test", [Roles.Approver])));

        var otto = Assert.Single(await List(test), row => row.Name == "Otto");
        Assert.Equal([Roles.Approver], otto.Roles);
        Assert.True(otto.PasswordIsTemporary);
        Assert.True(await Knows(test, otto.Id, password));
        Assert.True(password.Length >= 20);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Clerk)]
    [InlineData(Roles.Approver)]
    public async Task Only_an_administrator_adds_people(string role)
    {
        await using var test = await TestOffice.Create();
        var somebody = await test.AddPerson("somebody", role);

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() =>
            test.As<AddUser>(somebody, add => add.Run(new("Otto", "otto@example.test", [Roles.Viewer]))));

        Assert.Equal("This needs the role Admin. Ask an administrator.", refusal.Message);
        Assert.Single(await List(test));
    }

    [Theory]
    [InlineData("otto", "", "Choose at least one role.")]
    [InlineData("otto", "Owner", "There is no role \"Owner\".")]
    [InlineData(
        "otto",
        "Admin,Approver",
        "An administrator cannot also be an approver: whoever hands out roles must not approve invoices.")]
    public async Task A_wrong_choice_of_roles_is_refused_and_leaves_nothing(string name, string roles, string sentence)
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => test.As<AddUser>(
            ana, add => add.Run(new(name, "otto@example.test", roles.Split(',', StringSplitOptions.RemoveEmptyEntries)))));

        Assert.Equal(sentence, refusal.Message);
        Assert.Single(await List(test));
    }

    [Theory]
    [InlineData("ana@example.test", "taken")]
    [InlineData("no address", "is not an e-mail address")]
    public async Task An_e_mail_must_be_one_and_be_new(string email, string part)
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => test.As<AddUser>(ana, add => add.Run(new("Otto", email, [Roles.Viewer]))));

        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role_until_another_one_has_it()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin, Roles.Clerk);
        var ben = await test.AddPerson("ben", Roles.Viewer);

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => test.As<ChangeRoles>(ana, change => change.Run(ana.Id, [Roles.Clerk])));
        Assert.Equal("This is the last administrator. Give somebody else the role first.", refusal.Message);

        await test.As<ChangeRoles>(ana, change => change.Run(ben.Id, [Roles.Admin]));
        await test.As<ChangeRoles>(ana, change => change.Run(ana.Id, [Roles.Clerk]));

        Assert.Equal(["Clerk", "Admin"], (await List(test)).Select(row => string.Join('+', row.Roles)));
    }

    [Fact]
    public async Task A_disabled_administrator_does_not_count_as_the_other_one()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        var ben = await test.AddPerson("ben", Roles.Admin);

        await test.As<DisableUser>(ana, disable => disable.Run(ben.Id));

        await Assert.ThrowsAsync<RuleBroken>(() => test.As<ChangeRoles>(ana, change => change.Run(ana.Id, [Roles.Clerk])));
    }

    [Fact]
    public async Task Two_administrators_cannot_remove_each_other_at_the_same_moment()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        var ben = await test.AddPerson("ben", Roles.Admin);

        await using var mine = await test.Open();
        await using var his = await test.Open();
        await LastAdministrator.Keep(mine, leaving: ana.Id);
        await LastAdministrator.Keep(his, leaving: ben.Id);
        await mine.SaveChangesAsync();

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => his.SaveChangesAsync());
    }

    [Fact]
    public async Task Disabling_takes_effect_at_the_next_command_and_can_be_taken_back()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        var ben = await test.AddPerson("ben", Roles.Admin);

        await test.As<DisableUser>(ana, disable => disable.Run(ben.Id));
        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => test.As<EnableUser>(ben, enable => enable.Run(ben.Id)));
        Assert.Equal("This account is disabled. Ask an administrator.", refusal.Message);

        await test.As<EnableUser>(ana, enable => enable.Run(ben.Id));
        Assert.DoesNotContain(await List(test), row => row.IsDisabled);
    }

    [Fact]
    public async Task Nobody_disables_his_own_account()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        await test.AddPerson("ben", Roles.Admin);

        await Assert.ThrowsAsync<RuleBroken>(() => test.As<DisableUser>(ana, disable => disable.Run(ana.Id)));
    }

    [Fact]
    public async Task Other_roles_and_disabling_change_the_stamp_that_keeps_sessions_alive()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        var ben = await test.AddPerson("ben", Roles.Viewer);
        var first = await Stamp(test, ben.Id);

        await test.As<ChangeRoles>(ana, change => change.Run(ben.Id, [Roles.Clerk]));
        var second = await Stamp(test, ben.Id);
        await test.As<DisableUser>(ana, disable => disable.Run(ben.Id));

        Assert.Equal(3, new[] { first, second, await Stamp(test, ben.Id) }.Distinct().Count());
    }

    [Fact]
    public async Task A_reset_password_works_once_and_the_old_one_no_more()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        var first = "";
        await test.As<AddUser>(ana, async add => first = await add.Run(new("Otto", "otto@example.test", [Roles.Viewer])));
        var otto = (await List(test)).Single(row => row.Name == "Otto");

        var second = "";
        await test.As<ResetPassword>(ana, async reset => second = await reset.Run(otto.Id));

        Assert.False(await Knows(test, otto.Id, first));
        Assert.True(await Knows(test, otto.Id, second));
        Assert.True((await List(test)).Single(row => row.Name == "Otto").PasswordIsTemporary);
    }

    [Fact]
    public async Task Every_deed_stands_in_the_audit_trail_with_who_did_it_and_no_password()
    {
        await using var test = await TestOffice.Create();
        var ana = await test.AddPerson("ana", Roles.Admin);
        var password = "";
        await test.As<AddUser>(ana, async add => password = await add.Run(new("Otto", "otto@example.test", [Roles.Viewer])));
        var otto = (await List(test)).Single(row => row.Name == "Otto").Id;
        await test.As<ChangeRoles>(ana, change => change.Run(otto, [Roles.Clerk, Roles.Approver]));
        await test.As<ResetPassword>(ana, reset => reset.Run(otto));
        await test.As<DisableUser>(ana, disable => disable.Run(otto));
        await test.As<EnableUser>(ana, enable => enable.Run(otto));

        await using var db = await test.Open();
        var entries = await db.Audit.OrderBy(entry => entry.Id).ToListAsync();

        Assert.Equal(["Added", "Changed roles", "Reset password", "Disabled", "Enabled"], entries.Select(entry => entry.Action));
        Assert.Equal("Otto: Viewer → Clerk, Approver", entries[1].Detail);
        Assert.All(entries, entry => Assert.Equal((ana.Id, TestOffice.Now), (entry.Actor.Id, entry.At)));
        Assert.DoesNotContain(entries, entry => entry.Detail.Contains(password, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<UserRow>> List(TestOffice test)
    {
        await using var scope = test.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserQueries>().List();
    }

    private static async Task<string?> Stamp(TestOffice test, Guid id)
    {
        await using var db = await test.Open();
        return (await db.Users.SingleAsync(u => u.Id == id)).SecurityStamp;
    }

    private static async Task<bool> Knows(TestOffice test, Guid id, string password)
    {
        await using var scope = test.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        return await users.CheckPasswordAsync((await users.FindByIdAsync(id.ToString()))!, password);
    }
}
