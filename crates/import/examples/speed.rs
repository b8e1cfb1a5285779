//! Writes 100,000 rows (or as many as asked) as XLSX and CSV, reads them and prints rows per second and the peak of
//! memory: `cargo run --release -p import --example speed -- 100000`.

#![expect(clippy::print_stdout, reason = "an example that prints what it measured")]

use std::error::Error;
use std::time::Instant;

use domain::register::{Register, Value, Values};
use domain::time::Day;
use import::{Options, export_csv, export_xlsx};

fn record(index: u32) -> Result<Values, Box<dyn Error>> {
    let register = Register::OutgoingDocuments;
    let day =
        Day::new(2020, 1, 1)?.checked_add(jiff::SignedDuration::from_hours(24 * i64::from(index % 366)))?;
    let mut values = Values::new();
    let texts = [
        ("symbol", format!("{}/BC-UBND", index + 1)),
        (
            "summary",
            format!("Báo cáo số {index} về tình hình thực hiện quy chế phát ngôn và cung cấp thông tin"),
        ),
        ("signer", "Nguyễn Văn An".to_owned()),
        ("recipients", format!("Sở Thông tin và Truyền thông; UBND xã số {}", index % 18)),
    ];
    for (key, text) in texts {
        let field = register.field(key).ok_or("no such field")?;
        values.set(field, Value::Text(text));
    }
    values.set(register.field("issued_on").ok_or("no such field")?, Value::Day(day));
    values.set(register.field("copies").ok_or("no such field")?, Value::Count(i64::from(index % 2_000)));
    Ok(values)
}

/// The highest resident size so far, in mebibytes, where the system tells it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|text| text.parse::<u64>().ok());
    kibibytes.unwrap_or(0) / 1024
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rows: u32 = arguments.next().map_or(Ok(100_000), |text| text.parse())?;
    // With a file the memory is that of reading alone.
    if let Some(file) = arguments.next() {
        let bytes = std::fs::read(&file)?;
        return measure(&file, &bytes);
    }
    let records: Vec<Values> = (0..rows).map(record).collect::<Result<_, _>>()?;
    let xlsx = export_xlsx(Register::OutgoingDocuments, &records)?;
    let csv = export_csv(Register::OutgoingDocuments, &records)?;
    drop(records);
    for (name, bytes) in [("van-ban-di-speed.csv", csv), ("van-ban-di-speed.xlsx", xlsx)] {
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, &bytes)?;
        println!("written: {}", file.display());
        measure(name, &bytes)?;
    }
    Ok(())
}

fn measure(name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let (before, start) = (peak(), Instant::now());
    let mut lines = 0_u32;
    let survey = import::read(name, bytes, &Options::default(), &mut |_| lines += 1)?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{name}: {:.1} MiB, {lines} lines, {} bad, {seconds:.2} s, {:.0} rows/s, peak memory {} MiB (before reading {before} MiB)",
        f64::from(u32::try_from(bytes.len())?) / 1_048_576.0,
        survey.rows_bad(),
        f64::from(lines) / seconds,
        peak(),
    );
    Ok(())
}
