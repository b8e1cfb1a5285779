//! `user`.

use app::Actor;
use app::account::{self, NewPerson};
use domain::access::Role;
use serde_json::json;

use super::{CallError, Context, Format, Outcome, out};
use crate::wiring;

/// People and their rights.
#[derive(Debug, clap::Subcommand)]
pub enum User {
    /// Add a person; prints the link with which the person sets the password, once, within an hour.
    Add {
        /// What the person signs in as: small letters, digits, dot, hyphen.
        account: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// *Chức vụ*.
        #[arg(long, default_value = "")]
        title: String,
        /// clerk, officer, radio, spokesperson, leader, superior, administrator; several with commas.
        #[arg(long, value_delimiter = ',', required = true)]
        role: Vec<String>,
    },
    /// List people.
    List,
    /// A new link for a person who lost the password.
    Invite {
        /// The account.
        account: String,
    },
}

pub(super) fn run(context: &Context, user: &User) -> anyhow::Result<Outcome> {
    let app = wiring::open(&context.settings, false)?;
    let actor = Actor::command_line();
    match user {
        User::Add { account, name, title, role } => {
            let roles = role
                .iter()
                .map(|word| Role::from_word(word).ok_or_else(|| CallError(format!("{word:?} is no role"))))
                .collect::<Result<_, _>>()?;
            let new = NewPerson {
                account: account.clone(),
                full_name: name.clone(),
                title: title.clone(),
                email: String::new(),
                unit: None,
                roles,
            };
            let (_, invitation) =
                account::add_person(&app, &actor, &new).map_err(|error| super::explain(&error))?;
            out::line(format!("{}{}", app.base_url(), invitation.path));
        }
        User::List => {
            let people = account::people(&app, &actor).map_err(|error| super::explain(&error))?;
            let roles = |roles: &[Role]| roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(",");
            if context.format == Format::Json {
                let people: Vec<_> = people
                    .iter()
                    .map(|p| {
                        json!({"account": p.account, "name": p.full_name, "roles": roles(&p.roles), "enabled": p.is_enabled})
                    })
                    .collect();
                out::json(&people)?;
            } else {
                let rows: Vec<_> = people
                    .iter()
                    .map(|p| vec![p.account.clone(), p.full_name.clone(), roles(&p.roles)])
                    .collect();
                out::table(&rows);
            }
        }
        User::Invite { account } => {
            let people = account::people(&app, &actor).map_err(|error| super::explain(&error))?;
            let person = people
                .iter()
                .find(|person| person.account == *account)
                .ok_or_else(|| CallError(format!("there is no account {account:?}")))?;
            let invitation =
                account::invite(&app, &actor, person.id).map_err(|error| super::explain(&error))?;
            out::line(format!("{}{}", app.base_url(), invitation.path));
        }
    }
    Ok(Outcome::Done)
}
