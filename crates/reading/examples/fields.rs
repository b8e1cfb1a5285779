//! Prints the fields of a DOCX or PDF file: `cargo run -p reading --example fields -- FILE`.
#![expect(clippy::print_stdout, reason = "an example shows what it read")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let bytes = std::fs::read(&path)?;
    let limits = reading::Limits::default();
    let lines = if bytes.starts_with(b"PK") {
        reading::docx::lines(&bytes, &limits)?
    } else {
        reading::pdf::lines(&bytes, &limits)?.lines
    };
    println!("{:#?}", reading::decree::read(&lines));
    for line in lines {
        println!("{:?} {:?} {}", line.side, line.centred, line.text);
    }
    Ok(())
}
