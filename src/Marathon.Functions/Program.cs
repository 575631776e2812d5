using Marathon.Functions;
using Marathon.Functions.Settings;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

IConfiguration host = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "host.json")).Build();
FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddMarathon(FunctionsSettings.Read(builder.Configuration, host, DurableSettings.IsSchedulerBuiltIn));
await builder.Build().RunAsync();
