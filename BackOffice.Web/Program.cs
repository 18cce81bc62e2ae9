using BackOffice.Web.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
builder.AddBackOffice();

var app = builder.Build();
await app.Services.PrepareDatabase();
app.UseBackOffice();
app.MapBackOffice();
await app.RunAsync();
