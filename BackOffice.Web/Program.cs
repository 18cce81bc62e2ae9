using BackOffice.Web.Hosting;
using BackOffice.Web.Verbs;

if (VerbLine.IsVerb(args))
{
    return await VerbLine.Run(args);
}

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = [.. args.SkipWhile(arg => arg == "serve")], ContentRootPath = ContentRoot.Find() }
);
builder.AddBackOffice();

var app = builder.Build();
await app.Services.PrepareDatabase();
app.UseBackOffice();
app.MapBackOffice();
await app.RunAsync();
return 0;
